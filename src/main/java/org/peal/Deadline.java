package org.peal;

import java.time.Duration;

/**
 * The moment at which patience ends, shared by everything that has to be done before it. Immutable
 * and thread-safe; the wall clock does not matter.
 */
public final class Deadline {

  /** Longer than any process runs, and far from where the clock's numbers overflow. */
  private static final Duration MOST = Duration.ofDays(36_500);

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /** Returns the moment that is {@code limit} from now; a negative limit is none. */
  public static Deadline after(Duration limit) {
    Duration bounded = limit.compareTo(MOST) > 0 ? MOST : limit;
    return new Deadline(System.nanoTime() + Math.max(0, bounded.toNanos()));
  }

  /** Returns how much time is left, never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }
}
