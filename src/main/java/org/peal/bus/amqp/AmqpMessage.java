package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.peal.message.Severity;
import org.peal.schema.MessageSchema;

/**
 * A message of fedora-messaging with all that travels beside its body. Immutable; the trees are
 * read-only by convention.
 *
 * @param topic the routing key; may be empty
 * @param id its name; empty if its publisher gave none
 * @param headers the header table, in its order and with its types: integers up to 64 bits, text,
 *     truth values, null, tables and lists
 * @param body what it says
 * @param priority the property, from 0 to 255, if it is there
 * @param queue the queue that it came from, or empty
 */
public record AmqpMessage(
    String topic,
    Optional<String> id,
    ObjectNode headers,
    ObjectNode body,
    Optional<Integer> priority,
    Optional<String> queue) {

  /** What the wire format allows for a topic or an id. */
  private static final int MOST_BYTES = 255;

  public AmqpMessage {
    priority.ifPresent(
        value -> {
          if (value < 0 || value > 255) {
            throw new IllegalArgumentException("priority must be from 0 to 255: " + value);
          }
        });
  }

  /** Returns the name of its kind, the base's when it has none. */
  public String schema() {
    return headers.path(HeaderNames.SCHEMA).asText(MessageSchema.BASE);
  }

  /** Returns how grave it is, {@link Severity#INFO} when it does not say. */
  public Severity severity() {
    return Severity.ofNumber(headers.path(HeaderNames.SEVERITY).longValue()).orElse(Severity.INFO);
  }

  /** Returns when it was made, if it says so in a way that can be read. */
  public Optional<Instant> sentAt() {
    try {
      String text = headers.path(HeaderNames.SENT_AT).asText();
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the message in the shape that messages have on the other bus, for what looks at
   * messages of both: {@code topic}, {@code msg}, {@code timestamp}, {@code msg_id} and {@code
   * headers}. It is not what a bridge publishes.
   */
  public ObjectNode asEnvelope() {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("topic", topic);
    envelope.set("msg", body);
    sentAt().ifPresent(time -> envelope.put("timestamp", time.getEpochSecond()));
    id.ifPresent(value -> envelope.put("msg_id", value));
    envelope.set("headers", headers);
    return envelope;
  }

  /** Returns why the wire format has no room for it, if it has none. */
  public Optional<String> unsendable() {
    Optional<String> tooLong = tooLong();
    if (tooLong.isPresent()) {
      return tooLong;
    }
    try {
      HeaderTable.write(headers);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Returns why there is no room for the topic or the id, if there is none. */
  Optional<String> tooLong() {
    for (String text : new String[] {topic, id.orElse("")}) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        return Optional.of(
            "topic and id must have at most %d bytes, not %d".formatted(MOST_BYTES, bytes));
      }
    }
    return Optional.empty();
  }

  /** Returns a header, or the missing node. */
  public JsonNode header(String name) {
    return headers.path(name);
  }
}
