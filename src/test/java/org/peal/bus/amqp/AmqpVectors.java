package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** The recorded messages under {@code vectors/fedora-messaging}. */
final class AmqpVectors {

  private AmqpVectors() {}

  /** Returns the rows of a file. */
  static List<JsonNode> rows(String file) {
    return lines(file).stream().map(AmqpVectors::json).toList();
  }

  static List<String> lines(String file) {
    try {
      return Files.readAllLines(path(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path path(String file) {
    try {
      return Path.of(AmqpVectors.class.getResource("/vectors/fedora-messaging/" + file).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  static byte[] bytes(JsonNode row, String name) {
    return Base64.getDecoder().decode(row.path(name).textValue());
  }

  /** Returns the exact body, also of the row whose body is told by a rule. */
  static byte[] body(JsonNode row) {
    return row.hasNonNull("body_b64")
        ? bytes(row, "body_b64")
        : ("{\"blob\": \"" + "a".repeat(140_000) + "\"}").getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads flags and properties as they are on the wire, behind the weight and the body's size. */
  static BasicProperties properties(byte[] list) {
    byte[] header = new byte[Short.BYTES + Long.BYTES + list.length];
    System.arraycopy(list, 0, header, Short.BYTES + Long.BYTES, list.length);
    try {
      return new BasicProperties(new DataInputStream(new ByteArrayInputStream(header)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the header table of a publish row, in wire order. */
  static ObjectNode headers(JsonNode row) {
    return table(row.path("header_fields"));
  }

  private static ObjectNode table(JsonNode fields) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    fields.forEach(f -> table.set(f.get(0).textValue(), value(f.get(1).textValue(), f.get(2))));
    return table;
  }

  private static JsonNode value(String type, JsonNode value) {
    if (type.equals("F")) {
      return table(value);
    }
    if (!type.equals("A")) {
      return value;
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    value.forEach(item -> array.add(value(item.get("t").textValue(), item.get("v"))));
    return array;
  }

  /** Returns the message of a publish row. */
  static AmqpMessage message(JsonNode row) {
    JsonNode properties = row.path("properties");
    return new AmqpMessage(
        row.path("routing_key").textValue(),
        Optional.of(properties.path("message_id").textValue()),
        headers(row),
        (ObjectNode) StrictJson.parse(body(row), JsonLimits.DEFAULT),
        properties.has("priority")
            ? Optional.of(properties.path("priority").intValue())
            : Optional.empty(),
        Optional.empty());
  }
}
