package org.peal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.HeaderNames;
import org.peal.crypto.Verdict;
import org.peal.json.PythonTruth;
import org.peal.message.Envelope;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.schema.MessageSchema;

/**
 * Makes messages of fedora-messaging of envelopes, and loses nothing: what fedora-messaging has no
 * place for travels in headers of our own. Thread-safe.
 *
 * <p>A message that came from AMQP in the first place gets back what it had there.
 */
final class ZmqToAmqp {

  private static final String VALID = "VALID";
  private static final String PACKAGE = "fedora_messaging";

  private final Rules rules;
  private final SignaturePolicy signatures;
  private final InstantSource clock;

  ZmqToAmqp(Rules rules, SignaturePolicy signatures, InstantSource clock) {
    this.rules = rules;
    this.signatures = signatures;
    this.clock = clock;
  }

  Crossing<AmqpMessage> convert(Delivery delivery) {
    if (ZmqInput.topic(delivery).filter(topic -> !rules.topics().takes(topic)).isPresent()) {
      return new Crossing.Skipped<>(Crossing.Reason.FILTERED);
    }
    Optional<ZmqInput> read = ZmqInput.of(delivery);
    if (read.isEmpty()) {
      return new Crossing.Refused<>("topic is not text, or payload is not a JSON object");
    }
    ZmqInput input = read.get();
    ObjectNode headers = headers(input);
    Marks marks = Marks.of(headers);
    if (marks.isOver(rules.id()) || input.isOfBridge() && !isOnward(marks) || isReturn(marks)) {
      return new Crossing.Skipped<>(Crossing.Reason.CROSSED_BEFORE);
    }
    return refusal(delivery, input)
        .<Crossing<AmqpMessage>>map(Crossing.Refused::new)
        .orElseGet(() -> message(delivery, input, headers, marks));
  }

  /** What Python's bridge has marked, and nobody else, never goes back. */
  private boolean isOnward(Marks marks) {
    return rules.isOnward() && marks.isMarked();
  }

  private boolean isReturn(Marks marks) {
    return marks.isMarked() && !rules.isOnward();
  }

  private static ObjectNode headers(ZmqInput input) {
    return input.envelope().get(ZmqInput.HEADERS) instanceof ObjectNode table
        ? table.deepCopy()
        : JsonNodeFactory.instance.objectNode();
  }

  private Optional<String> refusal(Delivery delivery, ZmqInput input) {
    if (signatures == SignaturePolicy.REQUIRE) {
      Optional<String> why =
          delivery
              .verdict()
              .map(v -> v.fold(valid -> "", bad -> bad.reason() + ": " + bad.detail()))
              .or(() -> Optional.of("nobody has verified it"))
              .filter(text -> !text.isEmpty());
      if (why.isPresent()) {
        return why;
      }
    }
    if (input.text(ZmqInput.MESSAGE_ID).isEmpty()) {
      return Optional.of("it has no msg_id");
    }
    JsonNode body = input.envelope().get(ZmqInput.BODY);
    if (body == null) {
      return Optional.of("it has no msg");
    }
    return body.isObject() || PythonTruth.isFalse(body)
        ? Optional.empty()
        : Optional.of("msg must be an object, but is " + body.getNodeType().name());
  }

  private Crossing<AmqpMessage> message(
      Delivery delivery, ZmqInput input, ObjectNode headers, Marks marks) {
    String id = input.text(ZmqInput.MESSAGE_ID).orElseThrow();
    String amqpId = originId(headers, id);
    BridgeHeaders.OF_ONE_HOP.forEach(headers::remove);
    headers.remove(BridgeHeaders.ORIGIN_ID);
    if (marks.origin().filter(BridgeHeaders.AMQP::equals).isEmpty()) {
      addUsual(headers, input.envelope());
    }
    marks.passedOn(headers, rules.id(), BridgeHeaders.ZMQ);
    if (!headers.has(BridgeHeaders.ORIGIN_ENVELOPE)) {
      OriginEnvelope.of(input.envelope())
          .ifPresent(text -> headers.put(BridgeHeaders.ORIGIN_ENVELOPE, text));
    }
    delivery.verdict().ifPresent(verdict -> addVerdict(headers, verdict));
    AmqpMessage message =
        new AmqpMessage(
            input.topic(),
            Optional.of(amqpId),
            headers,
            body(input),
            priority(headers),
            Optional.empty());
    return message
        .unsendable()
        .<Crossing<AmqpMessage>>map(Crossing.Refused::new)
        .orElseGet(() -> new Crossing.Passed<>(message));
  }

  private static ObjectNode body(ZmqInput input) {
    return input.envelope().get(ZmqInput.BODY) instanceof ObjectNode body
        ? body
        : JsonNodeFactory.instance.objectNode();
  }

  /** A stranger's header must not give a message another name than its own. */
  private static String originId(ObjectNode headers, String id) {
    String said = headers.path(BridgeHeaders.ORIGIN_ID).asText();
    return !said.isEmpty() && new MessageId(id).dedupKey().equals(new MessageId(said).dedupKey())
        ? said
        : id;
  }

  /** A header of a wrong type is worse than none: receivers refuse the message for it. */
  private void addUsual(ObjectNode headers, ObjectNode envelope) {
    boolean isNamed = headers.path(HeaderNames.SCHEMA).isTextual();
    if (!isNamed) {
      headers.put(HeaderNames.SCHEMA, MessageSchema.BASE);
      headers.put(HeaderNames.SCHEMA_PACKAGE, PACKAGE);
    } else if (headers.has(HeaderNames.SCHEMA_PACKAGE)
        && !headers.path(HeaderNames.SCHEMA_PACKAGE).isTextual()) {
      headers.remove(HeaderNames.SCHEMA_PACKAGE);
    }
    if (!headers.path(HeaderNames.SENT_AT).isTextual()) {
      headers.put(
          HeaderNames.SENT_AT,
          SentAt.text(Envelope.of(envelope).timestamp().orElseGet(clock::instant)));
    }
    JsonNode severity = headers.path(HeaderNames.SEVERITY);
    if (!severity.isInt() || Severity.ofNumber(severity.intValue()).isEmpty()) {
      headers.put(HeaderNames.SEVERITY, Severity.INFO.number());
    }
    if (!headers.path(HeaderNames.PRIORITY).isInt()) {
      headers.put(HeaderNames.PRIORITY, 0);
    }
  }

  private static void addVerdict(ObjectNode headers, Verdict verdict) {
    verdict.fold(
        valid ->
            headers.put(BridgeHeaders.VERDICT, VALID).put(BridgeHeaders.SIGNER, valid.signer()),
        invalid -> headers.put(BridgeHeaders.VERDICT, invalid.reason().name()));
  }

  private static Optional<Integer> priority(ObjectNode headers) {
    JsonNode said = headers.path(HeaderNames.PRIORITY);
    return said.isInt() && said.intValue() > 0 && said.intValue() <= 255
        ? Optional.of(said.intValue())
        : Optional.empty();
  }
}
