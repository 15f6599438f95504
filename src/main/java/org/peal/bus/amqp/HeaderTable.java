package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.LongString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns header tables into trees and back. Stateless.
 *
 * <p>What comes in with a type that JSON lacks keeps its value and loses its type, and never
 * becomes text, because text is what some headers must be: a time becomes its seconds, bytes a list
 * of numbers.
 */
final class HeaderTable {

  /** Deeper tables are refused; nobody sends them in good faith. */
  private static final int MAX_DEPTH = 50;

  /** The longest name in bytes, which the wire format sets. */
  private static final int MAX_NAME = 255;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private HeaderTable() {}

  /**
   * Returns a table off the wire.
   *
   * @throws IllegalArgumentException if it is nested too deep
   */
  static ObjectNode read(@Nullable Map<String, ?> table) {
    return object(table == null ? Map.of() : table, 0);
  }

  private static ObjectNode object(Map<?, ?> table, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("headers are nested deeper than " + MAX_DEPTH + " levels");
    }
    ObjectNode object = JSON.objectNode();
    // The library has lost the order; by name, equal messages at least look equal.
    table.entrySet().stream()
        .sorted(Comparator.comparing(member -> String.valueOf(member.getKey())))
        .forEach(m -> object.set(String.valueOf(m.getKey()), node(m.getValue(), depth)));
    return object;
  }

  private static JsonNode node(@Nullable Object value, int depth) {
    if (value instanceof LongString text) {
      return text(text.getBytes());
    } else if (value instanceof String text) {
      return JSON.textNode(text);
    } else if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    } else if (value instanceof Map<?, ?> table) {
      return object(table, depth + 1);
    } else if (value instanceof List<?> list) {
      return array(list, depth + 1);
    } else if (value instanceof byte[] bytes) {
      return bytes(bytes);
    } else if (value instanceof Date time) {
      return JSON.numberNode(time.toInstant().getEpochSecond());
    }
    return value instanceof Number number ? number(number) : JSON.nullNode();
  }

  private static ArrayNode array(List<?> list, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("headers are nested deeper than " + MAX_DEPTH + " levels");
    }
    ArrayNode array = JSON.arrayNode();
    list.forEach(item -> array.add(node(item, depth)));
    return array;
  }

  private static JsonNode text(byte[] utf8) {
    try {
      return JSON.textNode(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return bytes(utf8); // as in Python, where it is no text then
    }
  }

  private static ArrayNode bytes(byte[] bytes) {
    ArrayNode array = JSON.arrayNode();
    for (byte b : bytes) {
      array.add(Byte.toUnsignedInt(b));
    }
    return array;
  }

  private static JsonNode number(Number number) {
    if (number instanceof BigInteger big) {
      return JSON.numberNode(big);
    } else if (number instanceof Float
        || number instanceof Double
        || number instanceof BigDecimal) {
      return JSON.numberNode(number.doubleValue());
    }
    long value = number.longValue();
    return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
  }

  /**
   * Returns a table for the wire, in the order of the tree.
   *
   * @throws IllegalArgumentException naming a header that cannot be sent
   */
  static Map<String, Object> write(ObjectNode headers) {
    return table(headers, 0);
  }

  private static Map<String, Object> table(ObjectNode object, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("headers are nested deeper than " + MAX_DEPTH + " levels");
    }
    Map<String, Object> table = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
        throw new IllegalArgumentException(
            "name of a header must have at most %d bytes: \"%s\"".formatted(MAX_NAME, name));
      }
      table.put(name, value(name, member.getValue(), depth));
    }
    return table;
  }

  private static @Nullable Object value(String name, JsonNode value, int depth) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case NULL -> null;
      case OBJECT -> table((ObjectNode) value, depth + 1);
      case ARRAY -> {
        if (depth > MAX_DEPTH) {
          throw new IllegalArgumentException(
              "headers are nested deeper than " + MAX_DEPTH + " levels");
        }
        List<@Nullable Object> list = new ArrayList<>();
        value.forEach(item -> list.add(value(name, item, depth + 1)));
        yield list;
      }
      default -> integer(name, value);
    };
  }

  /** Python's client sends no fractions and cuts those that it gets: they are refused here. */
  private static Object integer(String name, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return value.intValue();
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    throw new IllegalArgumentException(
        "header %s must not be a fraction or beyond 64 bits: %s".formatted(name, value));
  }
}
