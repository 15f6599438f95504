package org.peal.handler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HexFormat;
import java.util.Optional;
import org.peal.bus.Bus;
import org.peal.bus.Delivery;
import org.peal.message.Envelope;
import org.peal.message.MalformedEnvelopeException;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.stream.ContentHash;

/** Makes messages of what came over ZeroMQ. Stateless. */
public final class DeliveredMessage {

  /** fedora-messaging's header for the severity, in the table that the bridge carries over. */
  private static final String SEVERITY = "fedora_messaging_severity";

  private DeliveredMessage() {}

  /**
   * Returns what a handler sees of a delivery; empty if it was refused, or is no envelope.
   *
   * <p>A message without an id gets one of its bytes, so that it has a name to be found by, and
   * copies of it count once.
   */
  public static Optional<Message> of(Delivery delivery) {
    if (delivery.isInvalid() || delivery.tree().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(Envelope.of(delivery.tree().get()), delivery));
    } catch (MalformedEnvelopeException e) {
      return Optional.empty();
    }
  }

  private static Message of(Envelope envelope, Delivery delivery) {
    return new Message(
        Bus.ZMQ,
        envelope.id().orElseGet(() -> nameOf(delivery.raw().payload())),
        envelope.topic(),
        envelope.body(),
        envelope.headers().orElseGet(JsonNodeFactory.instance::objectNode),
        severity(envelope),
        envelope.timestamp(),
        delivery.verdict().flatMap(verdict -> verdict.fold(Optional::of, i -> Optional.empty())),
        delivery.raw().origin());
  }

  private static MessageId nameOf(byte[] payload) {
    return new MessageId("sha256-" + HexFormat.of().formatHex(ContentHash.sha256(payload)));
  }

  private static Severity severity(Envelope envelope) {
    return envelope
        .headers()
        .map(headers -> headers.path(SEVERITY))
        .filter(value -> value.isIntegralNumber() && value.canConvertToLong())
        .flatMap(value -> Severity.ofNumber(value.longValue()))
        .orElse(Severity.INFO);
  }
}
