package org.peal.handler.tagging;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The characters of Unicode that have another form in lower case, directly or by way of upper case.
 */
final class CasedLetters {

  /** Some 1,400 of more than a million, in order. */
  private static final int[] ALL =
      IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
          .filter(c -> lower(c) != c || folded(c) != c)
          .toArray();

  private CasedLetters() {}

  /** Returns those of a range, both ends included. */
  static IntStream within(int from, int to) {
    int at = Arrays.binarySearch(ALL, from);
    return Arrays.stream(ALL, at < 0 ? -at - 1 : at, ALL.length).takeWhile(c -> c <= to);
  }

  static int lower(int c) {
    return Character.toLowerCase(c);
  }

  static int folded(int c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}
