package org.peal.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.Received;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.SpacedJson;
import org.peal.json.StrictJson;
import org.peal.stream.ContentHash;

/**
 * A message that could not cross, as it is kept. Immutable; the tree is read-only by convention.
 *
 * @param tree {@code direction}, {@code at}, {@code reason}, {@code topic}, {@code id}, and the
 *     message: {@code frame} and {@code payload} in base64 from ZeroMQ; {@code headers}, {@code
 *     body}, {@code priority} and {@code exchange} from the broker
 */
public record DeadLetter(ObjectNode tree) {

  private static final int NAME_BYTES = 12;

  static DeadLetter of(Delivery delivery, String reason, Instant now) {
    RawMessage raw = delivery.raw();
    ObjectNode tree = start(Direction.TO_AMQP, reason, now);
    tree.put("topic", new String(raw.topic(), StandardCharsets.UTF_8));
    tree.put("id", delivery.tree().map(t -> t.path("msg_id").asText()).orElse(""));
    tree.put("frame", Base64.getEncoder().encodeToString(raw.topic()));
    tree.put("payload", Base64.getEncoder().encodeToString(raw.payload()));
    return new DeadLetter(tree);
  }

  static DeadLetter of(
      Direction direction, AmqpMessage message, String exchange, String reason, Instant now) {
    ObjectNode tree = start(direction, reason, now);
    tree.put("topic", message.topic());
    tree.put("id", message.id().orElse(null));
    tree.put("exchange", exchange);
    message.priority().ifPresent(value -> tree.put("priority", value));
    tree.set("headers", message.headers());
    tree.set("body", message.body());
    return new DeadLetter(tree);
  }

  /** Makes one of what is no message of fedora-messaging; it cannot be sent again. */
  static DeadLetter of(Received.Invalid invalid, Instant now) {
    ObjectNode tree = start(Direction.TO_ZMQ, invalid.reason(), now);
    tree.put("topic", invalid.topic());
    tree.put("id", invalid.id().orElse(null));
    tree.set("headers", invalid.headers());
    tree.put("raw_body", Base64.getEncoder().encodeToString(invalid.body()));
    return new DeadLetter(tree);
  }

  private static ObjectNode start(Direction direction, String reason, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("direction", direction.toString())
        .put("at", now.toString())
        .put("reason", reason);
  }

  /** Reads the text of a file; empty if it is none. */
  static Optional<DeadLetter> parse(byte[] text) {
    try {
      return StrictJson.parse(text, JsonLimits.DEFAULT) instanceof ObjectNode tree
          ? Optional.of(new DeadLetter(tree))
          : Optional.empty();
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  byte[] text() {
    return SpacedJson.write(tree);
  }

  /** Returns the name of its file, the same for the same message. */
  public String name() {
    ObjectNode same = tree.deepCopy();
    same.remove(java.util.List.of("at", "reason"));
    byte[] hash = ContentHash.sha256(SpacedJson.write(same));
    return direction() + "-" + java.util.HexFormat.of().formatHex(hash, 0, NAME_BYTES);
  }

  /** Returns which way it was to cross. */
  public String direction() {
    return tree.path("direction").asText();
  }

  /** Returns why it could not, for people. */
  public String reason() {
    return tree.path("reason").asText();
  }

  /** Returns a member as text; empty if it is not there. */
  public String text(String member) {
    return tree.path(member).isNull() ? "" : tree.path(member).asText();
  }

  /** Returns the message as it came off ZeroMQ, if it did. */
  Optional<RawMessage> raw(Instant now) {
    try {
      return tree.has("frame") && tree.has("payload")
          ? Optional.of(
              new RawMessage(
                  new Origin("dead-letter", ""),
                  Base64.getDecoder().decode(text("frame")),
                  Base64.getDecoder().decode(text("payload")),
                  now))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the message of fedora-messaging, if it is one. */
  Optional<AmqpMessage> message() {
    if (!(tree.get("headers") instanceof ObjectNode headers)
        || !(tree.get("body") instanceof ObjectNode body)) {
      return Optional.empty();
    }
    Optional<Integer> priority =
        tree.path("priority").isInt()
            ? Optional.of(Math.min(255, Math.max(0, tree.path("priority").intValue())))
            : Optional.empty();
    return Optional.of(
        new AmqpMessage(
            text("topic"),
            Optional.of(text("id")).filter(id -> !id.isEmpty()),
            headers,
            body,
            priority,
            Optional.empty()));
  }
}
