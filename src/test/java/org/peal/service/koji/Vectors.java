package org.peal.service.koji;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** The recorded test data under {@code vectors/tagging/xmlrpc}. */
final class Vectors {

  private Vectors() {}

  /** Returns the rows of a file. */
  static Stream<JsonNode> rows(String file) {
    String name = "/vectors/tagging/xmlrpc/" + file;
    try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(name), name)) {
      JsonNode rows = StrictJson.parse(in.readAllBytes(), JsonLimits.DEFAULT);
      return StreamSupport.stream(rows.spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the value that a client should have for a value of the vectors. */
  static @Nullable Object value(JsonNode node) {
    if (node.isObject()) {
      return special(node);
    }
    if (node.isArray()) {
      List<@Nullable Object> items = new ArrayList<>();
      node.forEach(item -> items.add(value(item)));
      return items;
    }
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return node.isNull()
        ? null
        : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
  }

  private static Object special(JsonNode node) {
    if (node.has("$dateTime")) {
      return LocalDateTime.parse(node.get("$dateTime").textValue(), XmlRpcWriter.DATE);
    }
    if (node.has("$base64")) {
      return Base64.getDecoder().decode(node.get("$base64").textValue());
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    node.properties().forEach(field -> members.put(field.getKey(), value(field.getValue())));
    return members;
  }
}
