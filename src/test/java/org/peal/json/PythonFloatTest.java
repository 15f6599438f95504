package org.peal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonFloatTest {

  private static final int MOST_DIGITS = 17;

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "-1.5, -1.5",
    "100, 100.0",
    "0.0001, 0.0001",
    "0.00012345, 0.00012345",
    "0.00001, 1e-05",
    "1.5e-10, 1.5e-10",
    "1e15, 1000000000000000.0",
    "9007199254740993, 9007199254740992.0",
    "9999999999999998, 9999999999999998.0",
    "1e16, 1e+16",
    "12345678901234567000, 1.2345678901234567e+19",
    "1e100, 1e+100",
    "2e23, 2e+23",
    "8.41e21, 8.41e+21",
    "1e23, 1e+23",
    "4.9e-324, 5e-324",
    "1e-323, 1e-323",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void repr_knownValue(double value, String expected) {
    assertThat(PythonFloat.repr(value)).isEqualTo(expected);
  }

  @Test
  void repr_powerOfTwo_narrowBelow() {
    assertThat(PythonFloat.repr(0x1p-1017)).isEqualTo("7.120236347223045e-307");
    assertThat(PythonFloat.repr(0x1p-44)).isEqualTo("5.684341886080802e-14");
  }

  @Test
  void repr_specialValues_asSecondMethod() {
    check(Doubles.special(), "special values");
  }

  @Test
  void repr_anyBits_asSecondMethod() {
    checkRandom(200_000, Doubles::anyBits);
  }

  @Test
  void repr_subnormal_asSecondMethod() {
    checkRandom(20_000, Doubles::subnormal);
  }

  @Test
  void repr_decimal_asSecondMethod() {
    checkRandom(150_000, Doubles::decimal);
  }

  @Test
  void repr_moderate_asSecondMethod() {
    checkRandom(650_000, Doubles::moderate);
  }

  private static void checkRandom(int count, ToDoubleFunction<SplittableRandom> generator) {
    Seed seed = Seed.next();
    SplittableRandom random = seed.random();
    double[] values =
        DoubleStream.generate(() -> generator.applyAsDouble(random)).limit(count).toArray();
    check(DoubleStream.of(values), seed.toString());
  }

  private static void check(DoubleStream values, String origin) {
    List<String> wrong =
        values
            .parallel()
            .filter(value -> !isRight(value))
            .limit(10)
            .mapToObj(value -> Double.toHexString(value) + " as " + PythonFloat.repr(value))
            .toList();
    assertThat(wrong).as(origin).isEmpty();
  }

  private static boolean isRight(double value) {
    String repr = PythonFloat.repr(value);
    BigDecimal expected = nearestShortest(value);
    return repr.equals(layOut(expected))
        && PythonFloat.repr(-value).equals("-" + repr)
        && agreesWithJdk(value, expected);
  }

  /**
   * Tries lengths until a decimal of that length reads back: slow, and shares no code with ours.
   */
  private static BigDecimal nearestShortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    // Rounding once keeps the directed roundings below right and is what makes this bearable.
    BigDecimal short20 = exact.round(new MathContext(20, RoundingMode.DOWN));
    BigDecimal sticky =
        short20.compareTo(exact) == 0 ? exact : short20.add(short20.ulp().movePointLeft(1));
    BigDecimal found = null;
    for (int digits = MOST_DIGITS; digits >= 1; digits--) {
      BigDecimal nearest = nearestThatReadsBack(sticky, value, digits);
      if (nearest == null) {
        break;
      }
      found = nearest;
    }
    assertThat(found).as("%s", Double.toHexString(value)).isNotNull();
    return found.stripTrailingZeros();
  }

  private static @Nullable BigDecimal nearestThatReadsBack(
      BigDecimal exact, double value, int digits) {
    for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP)) {
      BigDecimal candidate = exact.round(new MathContext(digits, mode));
      if (Double.parseDouble(candidate.toString()) == value) {
        return candidate; // half-even is tried first, and it is the nearest
      }
    }
    return null;
  }

  private static String layOut(BigDecimal value) {
    String digits = value.unscaledValue().toString();
    int exponent = value.precision() - value.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = value.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return "%s%se%s%02d"
        .formatted(digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** From JDK 19 its digits are right where two or more are needed. */
  private static boolean agreesWithJdk(double value, BigDecimal expected) {
    return Runtime.version().feature() < 19
        || expected.precision() < 2
        || new BigDecimal(Double.toString(value)).compareTo(expected) == 0;
  }
}
