package org.peal.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.peal.bus.Bus;
import org.peal.bus.Origin;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Verdict;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.message.Scheme;
import org.peal.message.Severity;
import org.peal.message.Topic;

/** Writes messages as JSON, to keep or to show, and reads them again. Stateless. */
public final class MessageJson {

  private MessageJson() {}

  /** Returns a message as one line of JSON. */
  public static String write(Message message) {
    return new String(CanonicalJson.write(object(message)), StandardCharsets.UTF_8);
  }

  private static ObjectNode object(Message message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bus", word(message.bus()));
    json.put("id", message.id().value());
    json.put("topic", message.topic().value());
    json.set("body", message.body());
    json.set("headers", message.headers());
    json.put("severity", message.severity().number());
    message.sentAt().ifPresent(at -> json.put("sent_at", at.toString()));
    message
        .verified()
        .ifPresent(
            by -> {
              ObjectNode verified =
                  json.putObject("verified")
                      .put("signer", by.signer())
                      .put("scheme", word(by.scheme()))
                      .put("coverage", word(by.coverage()));
              by.key().ifPresent(kind -> verified.put("key", word(kind)));
            });
    json.putObject("origin")
        .put("name", message.origin().name())
        .put("address", message.origin().address());
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the message of a text that {@link #write} made.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Message read(String text) {
    try {
      JsonNode json = StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
      return message(json);
    } catch (MalformedJsonException | DateTimeException e) {
      throw new IllegalArgumentException("not a message: " + e.getMessage(), e);
    }
  }

  private static Message message(JsonNode json) {
    if (!(json.path("headers") instanceof ObjectNode headers) || !json.has("body")) {
      throw new IllegalArgumentException("not a message: it needs headers and a body");
    }
    return new Message(
        Bus.valueOf(constant(json, "bus")),
        new MessageId(json.path("id").asText()),
        new Topic(json.path("topic").asText()),
        json.get("body"),
        headers,
        Severity.ofNumber(json.path("severity").asLong()).orElse(Severity.INFO),
        Optional.ofNullable(json.path("sent_at").textValue()).map(Instant::parse),
        Optional.ofNullable(json.get("verified")).map(MessageJson::verified),
        new Origin(
            json.path("origin").path("name").asText(),
            json.path("origin").path("address").asText()));
  }

  private static Verdict.Valid verified(JsonNode json) {
    return new Verdict.Valid(
        json.path("signer").asText(),
        Scheme.valueOf(constant(json, "scheme")),
        Verdict.Coverage.valueOf(constant(json, "coverage")),
        key(json));
  }

  /** What was written before there were others has no such member. */
  private static Optional<KeyKind> key(JsonNode json) {
    if (json.has("key")) {
      return Optional.of(KeyKind.valueOf(constant(json, "key")));
    }
    boolean isX509 = Scheme.valueOf(constant(json, "scheme")) == Scheme.X509;
    return isX509 ? Optional.of(KeyKind.RSA) : Optional.empty();
  }

  private static String constant(JsonNode json, String field) {
    return json.path(field).asText().toUpperCase(Locale.ROOT);
  }
}
