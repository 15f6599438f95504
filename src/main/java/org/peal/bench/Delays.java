package org.peal.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** How long messages took, in nanoseconds. Not thread-safe. */
final class Delays {

  private final long[] nanos;
  private int count;

  Delays(int most) {
    this.nanos = new long[most];
  }

  /** Adds one; what is beyond the most is left out. */
  void add(long delay) {
    if (count < nanos.length) {
      nanos[count++] = delay;
    }
  }

  /** Returns the median and the 99th percentile without the first part, which warmed things up. */
  ObjectNode summary() {
    long[] sorted = Arrays.copyOfRange(nanos, count / 5, count);
    Arrays.sort(sorted);
    return Answers.done()
        .put("count", count)
        .put("p50", at(sorted, 0.50))
        .put("p99", at(sorted, 0.99));
  }

  private static long at(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
  }
}
