package org.peal.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.peal.json.CanonicalJson;

/**
 * A value written in an expression. Immutable.
 *
 * @param value a finite number, a string, a boolean or null
 */
record Literal(JsonNode value) {

  static Literal of(String text) {
    return new Literal(TextNode.valueOf(text));
  }

  /** Tells whether there is a smaller and a greater. */
  boolean hasOrder() {
    return value.isNumber() || value.isTextual();
  }

  /** Tells whether a value of a message is equal: of the same JSON type, numbers by their value. */
  boolean isEqualTo(JsonNode other) {
    if (value.isNumber() || value.isTextual()) {
      OptionalInt order = compareTo(other);
      return order.isPresent() && order.getAsInt() == 0;
    }
    return value.equals(other);
  }

  /**
   * Compares a value of a message with this one: negative when the message's is smaller. Empty when
   * the two have no order, being of different types or not a number.
   */
  OptionalInt compareTo(JsonNode other) {
    if (value.isTextual() && other.isTextual()) {
      return OptionalInt.of(other.textValue().compareTo(value.textValue()));
    }
    return value.isNumber() && other.isNumber() ? numbers(other, value) : OptionalInt.empty();
  }

  private static OptionalInt numbers(JsonNode a, JsonNode b) {
    if (isLong(a) && isLong(b)) {
      return OptionalInt.of(Long.compare(a.longValue(), b.longValue()));
    } else if (a.isDouble() && !Double.isFinite(a.doubleValue())) {
      double value = a.doubleValue();
      return Double.isNaN(value) ? OptionalInt.empty() : OptionalInt.of(value > 0 ? 1 : -1);
    }
    return OptionalInt.of(exact(a).compareTo(exact(b)));
  }

  private static boolean isLong(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong();
  }

  private static BigDecimal exact(JsonNode number) {
    return number.isDouble()
        ? new BigDecimal(number.doubleValue())
        : new BigDecimal(number.bigIntegerValue());
  }

  String text() {
    return new String(CanonicalJson.write(value), StandardCharsets.US_ASCII);
  }
}
