package org.peal.json;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Doubles that are hard to print, and many that are not. All are finite and above zero. */
final class Doubles {

  private Doubles() {}

  /** All powers of two. */
  static DoubleStream powersOfTwo() {
    return IntStream.rangeClosed(-1074, 1023).mapToDouble(power -> Math.scalb(1.0, power));
  }

  /** Powers of two and of ten, their neighbours, and values that some routines got wrong. */
  static DoubleStream special() {
    DoubleStream powersOfTen =
        IntStream.rangeClosed(-323, 308).mapToDouble(power -> Double.parseDouble("1e" + power));
    DoubleStream bad =
        DoubleStream.of(
            2e23,
            8.41e21,
            0x1p-44,
            0x1p-1017,
            5e-324,
            1e-323,
            9007199254740993e0,
            1e16,
            1e-5,
            9.999999999999999e15,
            2.2250738585072014e-308,
            2.2250738585072011e-308,
            1.7e308,
            9.5367431640625e-7,
            123456789012345.67,
            0.1,
            0.3,
            1 / 3.0,
            4.35,
            1e23,
            9e-265);
    return DoubleStream.concat(DoubleStream.concat(powersOfTwo(), powersOfTen), bad)
        .flatMap(value -> DoubleStream.of(Math.nextDown(value), value, Math.nextUp(value)))
        .filter(value -> value > 0 && value < Double.POSITIVE_INFINITY);
  }

  /** Any bit pattern. */
  static double anyBits(SplittableRandom random) {
    double value = Double.longBitsToDouble(random.nextLong() >>> 1);
    return value > 0 && value < Double.POSITIVE_INFINITY ? value : 1.5;
  }

  static double subnormal(SplittableRandom random) {
    return Double.longBitsToDouble(1 + (random.nextLong() >>> random.nextInt(12, 63)));
  }

  /** A few digits and a small exponent, as people and clocks write numbers. */
  static double decimal(SplittableRandom random) {
    long digits = 1 + random.nextLong(1L << random.nextInt(1, 63));
    return BigDecimal.valueOf(digits, random.nextInt(-5, 25)).doubleValue();
  }

  static double moderate(SplittableRandom random) {
    return Math.scalb(1 + random.nextDouble(), random.nextInt(-70, 70));
  }
}
