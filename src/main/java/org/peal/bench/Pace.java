package org.peal.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a steady rate: each turn has its own moment, so that a late one does not delay the rest.
 * Not thread-safe.
 */
final class Pace {

  private final long start = System.nanoTime();
  private final long interval;
  private long turns;

  Pace(int perSecond) {
    this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** Waits for the next turn. */
  void await() {
    long due = start + turns++ * interval;
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
