package org.peal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from a first one to a longest one, each shortened by up to a half by chance.
 * Not thread-safe.
 */
public final class Backoff {
  private final long first;
  private final long most;
  private final RandomGenerator random;
  private long next;

  /** Makes the pauses; both lengths must be positive. */
  public Backoff(Duration first, Duration most, RandomGenerator random) {
    this.first = first.toNanos();
    this.most = most.toNanos();
    this.random = random;
    this.next = this.first;
  }

  /** Returns the next pause in nanoseconds. */
  public long next() {
    long pause = next;
    next = Math.min(most, pause * 2);
    return pause - random.nextLong(pause / 2 + 1);
  }

  /** Begins anew with the first pause. */
  public void reset() {
    next = first;
  }
}
