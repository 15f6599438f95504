package org.peal.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.peal.bus.Draft;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.json.CanonicalJson;
import org.peal.message.MessageId;
import org.peal.message.Topic;

/**
 * Makes drafts for ZeroMQ of messages of fedora-messaging, and loses nothing: all headers go along.
 * Thread-safe.
 *
 * <p>The year that ids have on ZeroMQ is that of the message's own time, so a message that is
 * delivered again after New Year keeps its id.
 */
final class AmqpToZmq {

  private static final Pattern YEAR = Pattern.compile("\\d{4}-.*", Pattern.DOTALL);

  private final Rules rules;
  private final boolean isRestoring;
  private final InstantSource clock;

  /**
   * Makes a conversion.
   *
   * @param isRestoring whether messages that began on ZeroMQ are published with their first
   *     envelope and signature
   */
  AmqpToZmq(Rules rules, boolean isRestoring, InstantSource clock) {
    this.rules = rules;
    this.isRestoring = isRestoring;
    this.clock = clock;
  }

  /**
   * Converts a message.
   *
   * @param exchange where it was published
   */
  Crossing<ZmqOutput> convert(AmqpMessage message, String exchange) {
    if (!rules.topics().takes(message.topic())) {
      return new Crossing.Skipped<>(Crossing.Reason.FILTERED);
    }
    Marks marks = Marks.of(message.headers());
    if (marks.isOver(rules.id()) || cameFromZmq(marks, exchange) && !mayReturn(marks)) {
      return new Crossing.Skipped<>(Crossing.Reason.CROSSED_BEFORE);
    }
    Optional<String> id = message.id().filter(text -> !text.isEmpty());
    if (id.isEmpty()) {
      return new Crossing.Refused<>("it has no message id, so copies of it could not be told");
    }
    if (message.topic().isEmpty()) {
      return new Crossing.Refused<>("it has no topic");
    }
    if (isRestoring && message.headers().has(BridgeHeaders.ORIGIN_ENVELOPE)) {
      return original(message, id.get());
    }
    return new Crossing.Passed<>(new ZmqOutput.Own(draft(message, id.get(), marks)));
  }

  /** What bridges publish goes to an exchange of its own, also where nobody marks it. */
  private boolean cameFromZmq(Marks marks, String exchange) {
    return marks.isMarked() || exchange.equals(rules.exchange());
  }

  private boolean mayReturn(Marks marks) {
    return marks.isMarked() && (rules.isOnward() || isRestoring);
  }

  private static Crossing<ZmqOutput> original(AmqpMessage message, String id) {
    return OriginEnvelope.restore(message.topic(), message.headers(), message.body())
        .filter(envelope -> isSame(id, envelope))
        .<Crossing<ZmqOutput>>map(
            envelope ->
                new Crossing.Passed<>(
                    new ZmqOutput.Original(message.topic(), CanonicalJson.write(envelope))))
        .orElseGet(
            () ->
                new Crossing.Refused<>(
                    BridgeHeaders.ORIGIN_ENVELOPE + " does not belong to the message"));
  }

  private static boolean isSame(String id, ObjectNode envelope) {
    String first = envelope.path(ZmqInput.MESSAGE_ID).asText();
    return !first.isEmpty() && new MessageId(first).dedupKey().equals(new MessageId(id).dedupKey());
  }

  private Draft draft(AmqpMessage message, String id, Marks marks) {
    ObjectNode headers = message.headers().deepCopy();
    BridgeHeaders.OF_ONE_HOP.forEach(headers::remove);
    headers.remove(BridgeHeaders.ORIGIN_ID);
    String own = id;
    if (!YEAR.matcher(id).matches()) {
      own = year(message) + "-" + id;
      headers.put(BridgeHeaders.ORIGIN_ID, id);
    }
    marks.passedOn(headers, rules.id(), BridgeHeaders.AMQP);
    return new Draft(
        new Topic(message.topic()),
        message.body(),
        headers,
        message.severity(),
        Optional.of(new MessageId(own)),
        Optional.of(BridgeHeaders.USERNAME),
        Optional.empty());
  }

  private int year(AmqpMessage message) {
    Instant time = message.sentAt().orElseGet(clock::instant);
    return time.atZone(ZoneOffset.UTC).getYear();
  }
}
