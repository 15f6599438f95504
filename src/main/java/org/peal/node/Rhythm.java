package org.peal.node;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often a publisher is usually heard, learnt from what it sent. Of constant size, whatever it
 * sends. Not thread-safe.
 *
 * <p>What is usual is the length of the pause that a random moment falls into: pauses count by
 * their length, so that a thousand messages at once every hour mean an hour. Older pauses fade, by
 * half in {@link #HALF_LIFE}.
 */
final class Rhythm {

  /** Pauses of a quiet night are still known the next weekend. */
  static final Duration HALF_LIFE = Duration.ofDays(4);

  /** Too few messages tell nothing about a rhythm. */
  static final int ENOUGH = 20;

  /** Shorter silences are never worth telling. */
  static final Duration LEAST = Duration.ofMinutes(1);

  /**
   * Of publishers that send at random, one pause in e^12 = 160 000 is longer than this many times
   * the usual one, which for them is twice the mean.
   */
  private static final int UNUSUAL = 6;

  private long messages;
  private @Nullable Instant last;
  private double pauses;
  private double squares;

  /**
   * Learns that {@code count} messages came since the last call, the last of them at {@code at}.
   */
  void heard(long count, Instant at) {
    Instant before = last;
    if (count < 1 || before != null && at.isBefore(before)) {
      return;
    }
    if (before != null) {
      double since = seconds(Duration.between(before, at));
      double fade = Math.pow(0.5, since / seconds(HALF_LIFE));
      pauses = pauses * fade + since;
      squares = squares * fade + since * since / count;
    }
    messages += count;
    last = at;
  }

  /** Returns how long a silence must be to be unusual; null while that cannot be told. */
  @Nullable Duration unusual() {
    if (messages < ENOUGH || pauses <= 0) {
      return null;
    }
    Duration limit = Duration.ofMillis(Math.round(squares / pauses * UNUSUAL * 1000));
    return limit.compareTo(LEAST) < 0 ? LEAST : limit;
  }

  /** Tells whether a silence is longer than what is usual. */
  boolean isUnusual(Duration silence) {
    Duration limit = unusual();
    return limit != null && silence.compareTo(limit) > 0;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
