package org.peal.filter;

/** What work costs. Stateless. */
final class Cost {

  private static final int LENGTH_OF_A_STEP = 8;

  private Cost() {}

  /** Returns the steps for a search whose time grows with the lengths of both text and pattern. */
  static long search(String text, int patternLength) {
    return 1 + (long) text.length() * (1 + patternLength / LENGTH_OF_A_STEP);
  }
}
