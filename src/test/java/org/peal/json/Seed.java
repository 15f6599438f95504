package org.peal.json;

import java.util.SplittableRandom;

/**
 * Where a random test starts: another place in every run, or the one given by {@code
 * -Dpeal.test.seed} to repeat a failure.
 */
record Seed(long value) {

  static Seed next() {
    return new Seed(Long.getLong("peal.test.seed", System.nanoTime()));
  }

  SplittableRandom random() {
    return new SplittableRandom(value);
  }

  @Override
  public String toString() {
    return "-Dpeal.test.seed=" + value;
  }
}
