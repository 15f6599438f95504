package org.peal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.crypto.Verified;
import org.peal.crypto.Verifier;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/** What the Python bridges were seen to do, and messages made of it. */
final class BridgeVectors {

  private BridgeVectors() {}

  static List<JsonNode> rows(String name) {
    try {
      return Files.readAllLines(path(name)).stream().map(BridgeVectors::json).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(String name) {
    try {
      String resource = "/vectors/fedora-messaging/" + name;
      return Path.of(
          Objects.requireNonNull(BridgeVectors.class.getResource(resource), resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.textValue());
  }

  /** Returns what a receiver makes of two frames. */
  static Delivery delivery(byte[] topic, byte[] payload, Optional<Verifier> verifier) {
    RawMessage raw =
        new RawMessage(new Origin("app.host", "tcp://127.0.0.1:1"), topic, payload, Instant.EPOCH);
    if (verifier.isEmpty()) {
      return new Delivery(raw, parse(payload), Optional.empty());
    }
    Verified verified = verifier.get().verify(payload, topic);
    return new Delivery(raw, verified.tree(), Optional.of(verified.verdict()));
  }

  static Delivery delivery(String topic, JsonNode envelope, Optional<Verifier> verifier) {
    return delivery(
        topic.getBytes(StandardCharsets.UTF_8),
        org.peal.json.CanonicalJson.write(envelope),
        verifier);
  }

  private static Optional<JsonNode> parse(byte[] payload) {
    try {
      return Optional.of(StrictJson.parse(payload, JsonLimits.DEFAULT));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** Returns the input of a row of the other direction. */
  static AmqpMessage message(JsonNode amqp) {
    ObjectNode body = (ObjectNode) StrictJson.parse(bytes(amqp.get("body")), JsonLimits.DEFAULT);
    return new AmqpMessage(
        amqp.get("routing_key").textValue(),
        Optional.ofNullable(amqp.get("message_id").textValue()),
        (ObjectNode) amqp.get("headers"),
        body,
        Optional.empty(),
        Optional.of("q"));
  }

  static ObjectNode headers() {
    return JsonNodeFactory.instance.objectNode();
  }
}
