package org.peal.json;

import java.math.BigInteger;

/**
 * The decimals that read back to a double, scaled by a power of ten; {@link PythonFloat} says why.
 *
 * @param first the least integer inside
 * @param last the greatest integer inside
 * @param twice the integer part of two times the double itself
 * @param exact whether two times the double is that integer
 */
record ScaledInterval(long first, long last, long twice, boolean exact) {

  static final int EXPONENT = 16;
  private static final long LEAST = 10_000_000_000_000_000L;
  private static final int MANTISSA_BITS = 52;
  private static final int LEAST_EXPONENT = -1074;
  private static final BigInteger[] POWERS_OF_FIVE = powersOfFive(341);

  private static BigInteger[] powersOfFive(int count) {
    BigInteger[] powers = new BigInteger[count];
    powers[0] = BigInteger.ONE;
    for (int i = 1; i < count; i++) {
      powers[i] = powers[i - 1].multiply(BigInteger.valueOf(5));
    }
    return powers;
  }

  /** Scales a double of the given decimal exponent, or one next to it, to 17 digits. */
  static ScaledInterval of(double value, int decimalExponent) {
    long bits = Double.doubleToRawLongBits(value);
    int biased = (int) (bits >>> MANTISSA_BITS);
    long fraction = bits & (1L << MANTISSA_BITS) - 1;
    long mantissa = biased == 0 ? fraction : fraction | 1L << MANTISSA_BITS;
    long quartersBelow = fraction == 0 && biased > 1 ? 1 : 2;
    // One quarter of the last place, scaled, is the fraction unit / divisor.
    int tens = EXPONENT - decimalExponent;
    int twos = LEAST_EXPONENT + Math.max(biased, 1) - 1 - 2 + tens;
    BigInteger unit = fives(tens).shiftLeft(Math.max(twos, 0));
    BigInteger divisor = fives(-tens).shiftLeft(Math.max(-twos, 0));
    BigInteger[] low = scale(4 * mantissa - quartersBelow, unit, divisor);
    BigInteger[] high = scale(4 * mantissa + 2, unit, divisor);
    BigInteger[] doubled = scale(8 * mantissa, unit, divisor);
    boolean closed = mantissa % 2 == 0;
    return new ScaledInterval(
        low[0].longValueExact() + (closed && isZero(low[1]) ? 0 : 1),
        high[0].longValueExact() - (!closed && isZero(high[1]) ? 1 : 0),
        doubled[0].longValueExact(),
        isZero(doubled[1]));
  }

  private static BigInteger fives(int exponent) {
    return POWERS_OF_FIVE[Math.max(exponent, 0)];
  }

  private static BigInteger[] scale(long quarters, BigInteger unit, BigInteger divisor) {
    return BigInteger.valueOf(quarters).multiply(unit).divideAndRemainder(divisor);
  }

  private static boolean isZero(BigInteger number) {
    return number.signum() == 0;
  }

  boolean isTooLarge() {
    return twice >= 20 * LEAST;
  }

  boolean isTooSmall() {
    return twice < 2 * LEAST;
  }

  /** Returns the decimal with the most trailing zeros, of those the nearest to the double. */
  long shortest() {
    long best = nearest(1);
    for (long step = 10; step <= LEAST && holdsMultipleOf(step); step *= 10) {
      best = nearest(step);
    }
    return best;
  }

  private boolean holdsMultipleOf(long step) {
    long below = below(step);
    return below >= first || below + step <= last;
  }

  private long nearest(long step) {
    long below = below(step);
    long above = below + step;
    if (below < first || above > last) {
      return below < first ? above : below;
    }
    long middle = below + above;
    if (twice == middle && exact) {
      return below / step % 2 == 0 ? below : above;
    }
    return twice < middle ? below : above;
  }

  /** Returns the greatest multiple of a step that is not above the double. */
  private long below(long step) {
    long whole = twice / 2;
    return whole - whole % step;
  }
}
