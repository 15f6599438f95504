package org.peal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Turns Jackson's number tokens into nodes: an integer of any size when the token has neither a
 * point nor an exponent, else a double.
 *
 * <p>Jackson's own conversion has one length limit for both, and takes {@code INF} and a plus sign
 * where it takes {@code Infinity}.
 */
final class NumberToken {

  private static final int DIGITS_OF_ANY_INT = 9;

  /** An integer of so many digits fits into a long, whatever they are. */
  static final int DIGITS_OF_ANY_LONG = 18;

  private final JsonParser parser;
  private final Problems problems;
  private final JsonLimits limits;

  NumberToken(JsonParser parser, Problems problems, JsonLimits limits) {
    this.parser = parser;
    this.problems = problems;
    this.limits = limits;
  }

  JsonNode integer() throws IOException {
    boolean negative = parser.getTextCharacters()[parser.getTextOffset()] == '-';
    int digits = parser.getTextLength() - (negative ? 1 : 0);
    if (digits > limits.maxIntegerDigits()) {
      throw problems.atToken(
          "integer of %d digits has more than %d", digits, limits.maxIntegerDigits());
    }
    if (digits <= DIGITS_OF_ANY_INT) {
      return IntNode.valueOf(parser.getIntValue());
    }
    return digits <= DIGITS_OF_ANY_LONG ? node(parser.getLongValue()) : big(parser.getText());
  }

  /** Returns the node of an integer that fits into a long. */
  static JsonNode node(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  /** Returns the node of an integer of any size, given its token. */
  static JsonNode big(String token) {
    BigInteger value = new BigInteger(token);
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }

  JsonNode floating() throws IOException {
    if (parser.getTextLength() > Parsers.MAX_NUMBER_LENGTH) { // Jackson counts only some characters
      throw problems.numberTooLong();
    }
    String token = parser.getText();
    return DoubleNode.valueOf(
        switch (token) {
          case "NaN" -> Double.NaN;
          case "Infinity" -> Double.POSITIVE_INFINITY;
          case "-Infinity" -> Double.NEGATIVE_INFINITY;
          case "INF", "+INF", "-INF", "+Infinity" -> throw problems.wordAtToken();
          default -> Double.parseDouble(token);
        });
  }
}
