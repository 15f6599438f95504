package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigInteger;

/**
 * Reads one number: an integer of any size when its token has neither a point nor an exponent, else
 * a double.
 */
final class NumberToken {

  /** The longest float token, in characters; converting it takes linear time. */
  static final int MAX_FLOAT_LENGTH = 1 << 20;

  private static final int DIGITS_OF_ANY_LONG = 18;

  private final TextCursor text;
  private final JsonLimits limits;
  private final int start;

  /** Begins where the cursor is, at a minus sign or digit. */
  NumberToken(TextCursor text, JsonLimits limits) {
    this.text = text;
    this.limits = limits;
    this.start = text.position();
  }

  JsonNode read() {
    boolean negative = text.take('-');
    if (negative && text.peek() == 'I') {
      text.expectWord("Infinity");
      return DoubleNode.valueOf(Double.NEGATIVE_INFINITY);
    }
    int firstDigit = text.position();
    if (!text.take('0')) {
      digits();
    }
    int digits = text.position() - firstDigit;
    boolean hasFraction = fraction();
    boolean hasExponent = exponent();
    return hasFraction || hasExponent ? floating() : integer(digits);
  }

  private boolean fraction() {
    boolean here = text.take('.');
    if (here) {
      digits();
    }
    return here;
  }

  private boolean exponent() {
    boolean here = text.take('e') || text.take('E');
    if (here) {
      if (!text.take('-')) {
        text.take('+');
      }
      digits();
    }
    return here;
  }

  private void digits() {
    int first = text.position();
    text.skipDigits();
    if (text.position() == first) {
      throw text.unexpected("a digit");
    }
  }

  private JsonNode floating() {
    if (text.position() - start > MAX_FLOAT_LENGTH) {
      throw text.malformedAt(start, "number is longer than %d characters", MAX_FLOAT_LENGTH);
    }
    return DoubleNode.valueOf(Double.parseDouble(text.textSince(start)));
  }

  private JsonNode integer(int digits) {
    if (digits > limits.maxIntegerDigits()) {
      throw text.malformedAt(
          start, "integer of %d digits has more than %d", digits, limits.maxIntegerDigits());
    }
    String token = text.textSince(start);
    if (digits <= DIGITS_OF_ANY_LONG) {
      return node(Long.parseLong(token));
    }
    BigInteger value = new BigInteger(token);
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }

  private static JsonNode node(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }
}
