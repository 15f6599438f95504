package org.peal.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.store.DeadLetter;
import org.peal.store.MessageKey;
import org.peal.store.Transaction;

/** What an operator wants of the handlers of a database. Immutable. */
public sealed interface HandlerRequest {

  /** Hand a dead letter to its handler again. */
  record Retry(long deadLetter) implements HandlerRequest {}

  /** Put a dead letter away for good; that it was not handled stays recorded. */
  record Drop(long deadLetter) implements HandlerRequest {}

  /** Hand a message to a handler, whatever was done with it before. */
  record Handle(String handler, Message message) implements HandlerRequest {}

  /** Does it, in a transaction; what is gone meanwhile is left alone. */
  default void apply(Transaction t, Instant now) {
    if (this instanceof Retry retry) {
      Optional<DeadLetter> letter = t.deadLetters().find(retry.deadLetter());
      letter.ifPresent(
          dead -> {
            t.deadLetters().delete(dead.id());
            handle(t, dead.key(), dead.message(), now);
          });
    } else if (this instanceof Drop drop) {
      t.deadLetters().delete(drop.deadLetter());
    } else if (this instanceof Handle handle) {
      MessageKeys keys = MessageKeys.of(handle.handler(), handle.message(), Optional.empty());
      handle(t, keys.message(), MessageJson.write(handle.message()), now);
    }
  }

  private static void handle(Transaction t, MessageKey key, String message, Instant now) {
    t.outcomes().forget(key);
    t.journal().find(key).ifPresent(waiting -> t.journal().delete(waiting.id()));
    t.journal().add(key, message, 0, now);
  }

  /** Returns it as JSON. */
  default byte[] toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (this instanceof Retry retry) {
      json.put("do", "retry").put("dead_letter", retry.deadLetter());
    } else if (this instanceof Drop drop) {
      json.put("do", "drop").put("dead_letter", drop.deadLetter());
    } else if (this instanceof Handle handle) {
      json.put("do", "handle").put("handler", handle.handler());
      json.put("message", MessageJson.write(handle.message()));
    }
    return CanonicalJson.write(json);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is no request
   */
  static HandlerRequest read(byte[] json) {
    JsonNode tree;
    try {
      tree = StrictJson.parse(json, JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("not a request: " + e.getMessage(), e);
    }
    return switch (tree.path("do").asText()) {
      case "retry" -> new Retry(tree.path("dead_letter").asLong());
      case "drop" -> new Drop(tree.path("dead_letter").asLong());
      case "handle" ->
          new Handle(
              tree.path("handler").asText(), MessageJson.read(tree.path("message").asText()));
      default ->
          throw new IllegalArgumentException(
              "not a request: " + new String(json, StandardCharsets.UTF_8));
    };
  }
}
