package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.SpacedJson;
import org.peal.json.StrictJson;
import org.peal.message.Severity;
import org.peal.schema.MessageSchema;
import org.peal.schema.Schemas;

/** A line of the files that fedora-messaging records messages in, and publishes from. Stateless. */
public final class RecordLine {

  private RecordLine() {}

  /** Returns the line of a message, UTF-8 without a line break at its end. */
  public static byte[] write(AmqpMessage message) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.set("body", message.body());
    line.set("headers", message.headers());
    line.put("id", message.id().orElse(null));
    line.put("priority", message.priority().orElse(0));
    line.put("queue", message.queue().orElse(null));
    line.put("topic", message.topic());
    return SpacedJson.writeSorted(line);
  }

  /**
   * Returns the message of a line as it is to be published: a schema that is not known becomes the
   * base, headers about people and packages are added to those that are there, and the priority is
   * always set.
   *
   * @throws IllegalArgumentException if the line is no such message, saying why
   */
  public static AmqpMessage read(byte[] utf8, Schemas schemas) {
    ObjectNode line = object(parse(utf8), "line");
    if (!line.path("topic").isTextual()) {
      throw new IllegalArgumentException("\"topic\" must be there and be text");
    }
    ObjectNode body = object(line.path("body"), "\"body\"");
    ObjectNode headers =
        line.has("headers")
            ? object(line.path("headers"), "\"headers\"").deepCopy()
            : JsonNodeFactory.instance.objectNode();
    MessageSchema schema =
        schemas.find(headers.path(HeaderNames.SCHEMA).asText()).orElse(schemas.base());
    int priority = priority(line.path("priority"));
    ObjectNode full = headers(headers, schema, priority, body);
    return new AmqpMessage(
        line.path("topic").textValue(),
        Optional.of(line.path("id").asText(UUID.randomUUID().toString())),
        full,
        body,
        Optional.of(priority),
        Optional.empty());
  }

  private static ObjectNode headers(
      ObjectNode said, MessageSchema schema, int priority, ObjectNode body) {
    ObjectNode headers = said.deepCopy();
    headers.put(HeaderNames.SCHEMA, schema.name());
    schema.packageName().ifPresent(name -> headers.put(HeaderNames.SCHEMA_PACKAGE, name));
    JsonNode severity = said.path(HeaderNames.SEVERITY);
    if (severity.isMissingNode()) {
      headers.put(HeaderNames.SEVERITY, schema.severity().number());
    } else if (Severity.ofNumber(severity.asLong(-1)).isEmpty()) {
      throw new IllegalArgumentException("severity must be 10, 20, 30 or 40: " + severity);
    }
    headers.put(HeaderNames.PRIORITY, priority);
    schema.filterHeaders(body).forEach(name -> headers.put(name, true));
    return headers;
  }

  private static int priority(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > 255) {
      throw new IllegalArgumentException("\"priority\" must be from 0 to 255: " + value);
    }
    return value.intValue();
  }

  private static JsonNode parse(byte[] utf8) {
    try {
      return StrictJson.parse(utf8, JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static ObjectNode object(JsonNode value, String what) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(what + " must be an object");
  }
}
