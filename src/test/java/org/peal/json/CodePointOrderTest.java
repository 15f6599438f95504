package org.peal.json;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodePointOrderTest {

  private static final String[] UNITS = {
    "",
    "a",
    "b",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "\ud83d",
    "\ude00",
    "\ud83e",
    "\udfff",
    "\ud83d\ude00"
  };

  static String[][] ascending() {
    return new String[][] {
      {"", "\0"},
      {"a", "aa"},
      {"Z", "a"},
      {"\uffff", "\ud800\udc00"},
      {"\ud83d", "\uffff"},
      {"\ud83d", "\ud83d\ude00"},
      {"\ud83d\uffff", "\ud83d\ude00"},
      {"\ud83d\ud83d", "\ud83d\ude00"},
      {"\ude00", "\ue000"}
    };
  }

  @ParameterizedTest
  @MethodSource("ascending")
  void compare_byCodePoint(String less, String greater) {
    assertThat(CodePointOrder.compare(less, greater)).isNegative();
    assertThat(CodePointOrder.compare(greater, less)).isPositive();
    assertThat(CodePointOrder.compare(less, new StringBuilder(less).toString())).isZero();
  }

  @Test
  void compare_anyUnits_asCodePointArrays() {
    Seed seed = Seed.next();
    SplittableRandom random = seed.random();
    for (int i = 0; i < 100_000; i++) {
      String a = text(random);
      String b = text(random);
      int expected = Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
      assertThat(Integer.signum(CodePointOrder.compare(a, b)))
          .as("%s", seed)
          .isEqualTo(Integer.signum(expected));
    }
  }

  private static String text(SplittableRandom random) {
    return IntStream.range(0, 5)
        .mapToObj(i -> UNITS[random.nextInt(UNITS.length)])
        .collect(joining());
  }
}
