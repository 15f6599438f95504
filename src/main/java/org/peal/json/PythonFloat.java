package org.peal.json;

/**
 * The text that Python's {@code repr} gives for a double: the shortest decimal that reads back to
 * it, of those the nearest to it, laid out Python's way.
 *
 * <p>{@link Double#toString} is no help: before JDK 19 it is not always shortest, and its smallest
 * value has two digits on every JDK. Whole numbers below 10^16 are their own digits; those of other
 * numbers are found in two ways.
 *
 * <p><b>Fast path.</b> Most numbers people write have few digits. For p = 1, 2, ... take m, the
 * integer nearest to v·10^p. As long as m is at most 10^15 and p at most 22, both m and 10^p are
 * exact doubles, so m / 10^p is correctly rounded; when it gives v again, m·10^-p reads back to v.
 * Decimals of up to 15 digits never share a double, so it is the only one so short, hence the
 * shortest.
 *
 * <p><b>Slow path.</b> Let v = c·2^q with an integer c. The decimals that read back to v lie within
 * half the gap to its neighbours: (c ± 1/2)·2^q, but only c - 1/4 where v is a power of two and the
 * gap below is half as wide; the ends belong to it when c is even, because reading rounds ties to
 * even. Scale everything by the power of ten that gives v 17 digits before the point. A decimal of
 * n digits is then a multiple of 10^(17-n), and it reads back to v when it is between the first and
 * the last integer of the scaled interval: plain arithmetic on longs. Every multiple of 10^(j+1) is
 * one of 10^j, so if the neighbours of v among n-digit decimals are both outside, those with fewer
 * digits are too: go down from 17, where the interval always holds one, until there is none.
 */
final class PythonFloat {

  private static final double MAX_FAST_DIGITS = 1e15;
  private static final double MAX_FIXED = 1e16;

  /** The powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private PythonFloat() {}

  static String repr(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    return (negative ? "-" : "") + reprOfMagnitude(Math.abs(value));
  }

  private static String reprOfMagnitude(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return "Infinity";
    }
    if (value < MAX_FIXED && value == Math.rint(value)) {
      return (long) value + ".0";
    }
    return (value < MAX_FIXED ? fewDigits(value) : shortest(value)).layOut();
  }

  private static Decimal fewDigits(double value) {
    for (int power = 1; power < EXACT_POWERS.length; power++) {
      double digits = Math.rint(value * EXACT_POWERS[power]);
      if (digits > MAX_FAST_DIGITS) {
        break;
      }
      if (digits / EXACT_POWERS[power] == value) {
        return new Decimal((long) digits, -power);
      }
    }
    return shortest(value);
  }

  private static Decimal shortest(double value) {
    int exponent = (int) Math.floor(Math.log10(value));
    ScaledInterval interval = ScaledInterval.of(value, exponent);
    if (interval.isTooLarge()) {
      interval = ScaledInterval.of(value, ++exponent);
    } else if (interval.isTooSmall()) {
      interval = ScaledInterval.of(value, --exponent);
    }
    return new Decimal(interval.shortest(), exponent - ScaledInterval.EXPONENT);
  }

  /** The number digits·10^exponent; digits is positive. */
  private record Decimal(long digits, int exponent) {

    String layOut() {
      String all = Long.toString(digits);
      int last = all.length();
      while (all.charAt(last - 1) == '0') {
        last--;
      }
      return layOut(all.substring(0, last), all.length() - 1 + exponent);
    }

    /** Lays out d.ddd·10^exponent, given the digits without the point. */
    private static String layOut(String digits, int exponent) {
      if (exponent < -4 || exponent > 15) {
        return scientific(digits, exponent);
      }
      if (exponent < 0) {
        return "0." + "0".repeat(-exponent - 1) + digits;
      }
      int whole = exponent + 1;
      return digits.length() > whole
          ? digits.substring(0, whole) + "." + digits.substring(whole)
          : digits + "0".repeat(whole - digits.length()) + ".0";
    }

    private static String scientific(String digits, int exponent) {
      int magnitude = Math.abs(exponent);
      return digits.charAt(0)
          + (digits.length() > 1 ? "." + digits.substring(1) : "")
          + (exponent < 0 ? "e-" : "e+")
          + (magnitude < 10 ? "0" : "")
          + magnitude;
    }
  }
}
