package org.peal.config;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML 1.1's spellings of truth values and numbers. Stateless.
 *
 * <p>The library's constructor gives the same values, which a test checks, but loads a hundred
 * classes for them on the path of every one-shot command.
 */
final class YamlNumbers {

  private static final Set<String> TRUE = Set.of("yes", "true", "on");
  private static final Set<String> FALSE = Set.of("no", "false", "off");
  private static final int SIXTY = 60;

  private YamlNumbers() {}

  /**
   * Returns a {@link Boolean}, {@link Integer}, {@link Long}, {@link BigInteger} or {@link Double},
   * or null when the text does not fit the tag.
   */
  static @Nullable Object read(Tag tag, String text) {
    if (tag.equals(Tag.BOOL)) {
      String word = text.toLowerCase(Locale.ROOT);
      return TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
    }
    boolean negative = text.startsWith("-");
    String digits = (negative || text.startsWith("+") ? text.substring(1) : text).replace("_", "");
    try {
      return tag.equals(Tag.INT)
          ? narrow(negative ? whole(digits).negate() : whole(digits))
          : (Object) (negative ? -real(digits) : real(digits));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static BigInteger whole(String digits) {
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    } else if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    } else if (digits.startsWith("0") && digits.length() > 1) {
      return new BigInteger(digits.substring(1), 8);
    }
    BigInteger result = BigInteger.ZERO;
    for (String part : digits.split(":", -1)) {
      result = result.multiply(BigInteger.valueOf(SIXTY)).add(new BigInteger(part));
    }
    return result;
  }

  private static Object narrow(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return number.intValue();
    }
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static double real(String digits) {
    String lower = digits.toLowerCase(Locale.ROOT);
    if (lower.equals(".inf")) {
      return Double.POSITIVE_INFINITY;
    } else if (lower.equals(".nan")) {
      return Double.NaN;
    }
    String[] parts = lower.split(":", -1);
    double result = 0;
    long weight = 1;
    for (int i = parts.length - 1; i >= 0; i--) {
      result += Double.parseDouble(parts[i]) * weight;
      weight *= SIXTY;
    }
    return result;
  }
}
