package org.peal.node;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets messages be under way, but no more than {@code publisher.in-flight} at once, and knows what
 * happens to one more. Thread-safe.
 */
final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final PublishLimits limits;
  private final Semaphore permits;
  private final AtomicLong dropped = new AtomicLong();

  Admission(PublishLimits limits) {
    this.limits = limits;
    this.permits = new Semaphore(limits.inFlight());
  }

  /** Tells whether {@link #enter} may wait. */
  boolean isWaitedFor() {
    return limits.whenFull() == WhenFull.WAIT;
  }

  /** Lets one in without waiting; tells whether there was room. */
  boolean tryEnter() {
    return permits.tryAcquire();
  }

  /**
   * Lets one in, if need be after a wait; it must {@link #leave}.
   *
   * @throws PublishException if there is no room, or none in time
   */
  void enter() {
    if (tryEnter()) {
      return;
    }
    switch (limits.whenFull()) {
      case WAIT -> await();
      case FAIL -> throw full(Kind.FULL);
      case DROP -> {
        if (dropped.getAndIncrement() == 0) {
          LOG.warn("messages are dropped: more than {} are under way", limits.inFlight());
        }
        throw full(Kind.FULL);
      }
    }
  }

  private void await() {
    try {
      if (!permits.tryAcquire(limits.patience().toNanos(), TimeUnit.NANOSECONDS)) {
        throw full(Kind.TIMED_OUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full(Kind.TIMED_OUT);
    }
  }

  private PublishException full(Kind kind) {
    return new PublishException(
        kind,
        "too many messages are under way: %d (publisher.in-flight); try again later"
            .formatted(limits.inFlight()),
        null);
  }

  /** Makes the room of one free again. */
  void leave() {
    permits.release();
  }

  /** Returns how many were given up for want of room. */
  long dropped() {
    return dropped.get();
  }
}
