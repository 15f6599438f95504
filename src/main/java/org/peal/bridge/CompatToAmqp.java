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
import org.peal.message.Severity;
import org.peal.schema.MessageSchema;

/**
 * Makes of envelopes exactly the messages that Python's bridge makes of them, so that nobody can
 * tell the two apart; what would end that one is refused. Thread-safe.
 *
 * <p>Lost are, as there: time, author, signature, schema, severity.
 */
final class CompatToAmqp {

  private static final String PACKAGE = "fedora_messaging";

  private final Rules rules;
  private final String topicPrefix;
  private final InstantSource clock;

  /**
   * Makes a conversion.
   *
   * @param topicPrefix what is put before each topic, with a dot; empty for nothing
   */
  CompatToAmqp(Rules rules, String topicPrefix, InstantSource clock) {
    this.rules = rules;
    this.topicPrefix = topicPrefix;
    this.clock = clock;
  }

  Crossing<AmqpMessage> convert(Delivery delivery) {
    Optional<ZmqInput> read = ZmqInput.of(delivery);
    if (read.isEmpty()) {
      return new Crossing.Refused<>("topic is not text, or payload is not a JSON object");
    }
    ZmqInput input = read.get();
    if (!rules.topics().takes(input.topic())) {
      return new Crossing.Skipped<>(Crossing.Reason.FILTERED);
    }
    if (input.isOfBridge()) {
      return new Crossing.Skipped<>(Crossing.Reason.CROSSED_BEFORE);
    }
    return refusal(delivery, input)
        .<Crossing<AmqpMessage>>map(Crossing.Refused::new)
        .orElseGet(() -> message(input));
  }

  private static Optional<String> refusal(Delivery delivery, ZmqInput input) {
    if (delivery.verdict().filter(Verdict.Invalid.class::isInstance).isPresent()) {
      return Optional.of("its signature is not valid");
    }
    if (input.text(ZmqInput.MESSAGE_ID).isEmpty()) {
      return Optional.of("it has no msg_id");
    }
    JsonNode body = input.envelope().get(ZmqInput.BODY);
    if (body == null) {
      return Optional.of("it has no msg");
    }
    if (!body.isObject() && !PythonTruth.isFalse(body)) {
      return Optional.of("msg must be an object, but is " + body.getNodeType().name());
    }
    JsonNode headers = input.envelope().get(ZmqInput.HEADERS);
    return headers == null || headers.isNull() || headers.isObject()
        ? Optional.empty()
        : Optional.of("headers must be an object, but are " + headers.getNodeType().name());
  }

  private Crossing<AmqpMessage> message(ZmqInput input) {
    ObjectNode headers =
        input.envelope().get(ZmqInput.HEADERS) instanceof ObjectNode table
            ? table.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    headers.put(HeaderNames.SCHEMA, MessageSchema.BASE);
    headers.put(HeaderNames.SCHEMA_PACKAGE, PACKAGE);
    headers.put(HeaderNames.SENT_AT, SentAt.text(clock.instant()));
    headers.put(HeaderNames.SEVERITY, Severity.INFO.number());
    headers.put(HeaderNames.PRIORITY, 0);
    ObjectNode body =
        input.envelope().get(ZmqInput.BODY) instanceof ObjectNode object
            ? object
            : JsonNodeFactory.instance.objectNode();
    AmqpMessage message =
        new AmqpMessage(
            topicPrefix.isEmpty() ? input.topic() : topicPrefix + "." + input.topic(),
            input.text(ZmqInput.MESSAGE_ID),
            headers,
            body,
            Optional.empty(),
            Optional.empty());
    return message
        .unsendable()
        .<Crossing<AmqpMessage>>map(Crossing.Refused::new)
        .orElseGet(() -> new Crossing.Passed<>(message));
  }
}
