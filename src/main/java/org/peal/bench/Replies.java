package org.peal.bench;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what was said to messages of a round. Thread-safe. */
final class Replies {

  private final Semaphore answered = new Semaphore(0);
  private final AtomicInteger refused = new AtomicInteger();

  /** Takes the answer to one message. */
  void take(boolean isAccepted) {
    if (!isAccepted) {
      refused.incrementAndGet();
    }
    answered.release();
  }

  /**
   * Waits until so many messages are answered, so that a node that answers no more is noticed.
   *
   * @throws BenchException if they are not in time, or one was not accepted
   */
  void await(int count) throws InterruptedException {
    Duration limit = Lab.patience(count);
    if (!answered.tryAcquire(count, limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchException(
          "of %d messages only %d were answered in %d s"
              .formatted(count, answered.availablePermits(), limit.toSeconds()));
    }
    if (refused.get() > 0) {
      throw new BenchException(refused + " messages were not accepted");
    }
  }
}
