package org.peal.filter;

/** Where random tests start: another place in every run, or {@code -Dpeal.test.seed}. */
final class Seeds {

  private Seeds() {}

  static long next() {
    return Long.getLong("peal.test.seed", System.nanoTime());
  }
}
