package org.peal.node;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets messages be under way until there are {@code publisher.in-flight} of them or they weigh
 * {@code publisher.in-flight-bytes}, and knows what happens to one more. A large message needs no
 * more room than a small one, so that small ones cannot keep it out; so what is under way may
 * exceed the bytes by the last message that was let in. Thread-safe.
 */
final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  /**
   * Those who wait are woken when this part of the room is free: to wake a thread for each place
   * costs more than the message that it then brings.
   */
  private static final int PART = 8;

  private final PublishLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private int messages;
  private long bytes;
  private final AtomicLong dropped = new AtomicLong();

  /** The room that one message takes. Thread-safe. */
  final class Pass {
    private final long weight;
    private final AtomicBoolean isOver = new AtomicBoolean();

    private Pass(long weight) {
      this.weight = weight;
    }

    /** Makes the room free again. Idempotent. */
    void giveBack() {
      if (isOver.compareAndSet(false, true)) {
        leave(weight);
      }
    }
  }

  Admission(PublishLimits limits) {
    this.limits = limits;
  }

  /** Tells whether {@link #enter} may wait. */
  boolean isWaitedFor() {
    return limits.whenFull() == WhenFull.WAIT;
  }

  /** Lets one in without waiting; empty if there is no room. */
  Optional<Pass> tryEnter(long weight) {
    lock.lock();
    try {
      return hasRoom() ? Optional.of(take(weight)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom() {
    return messages < limits.inFlight() && bytes < limits.inFlightBytes();
  }

  private boolean isWorthWaking() {
    return messages <= limits.inFlight() - Math.max(1, limits.inFlight() / PART)
        && bytes <= limits.inFlightBytes() - limits.inFlightBytes() / PART;
  }

  private Pass take(long weight) {
    messages++;
    bytes += weight;
    return new Pass(weight);
  }

  /**
   * Lets one in, if need be after a wait.
   *
   * @param weight in bytes
   * @throws PublishException if there is no room, or none in time
   */
  Pass enter(long weight) {
    return switch (limits.whenFull()) {
      case WAIT -> await(weight);
      case FAIL -> tryEnter(weight).orElseThrow(() -> full(Kind.FULL));
      case DROP -> tryEnter(weight).orElseThrow(this::drop);
    };
  }

  private Pass await(long weight) {
    lock.lock();
    try {
      long left = limits.patience().toNanos();
      while (!hasRoom()) {
        if (left <= 0) {
          throw full(Kind.TIMED_OUT);
        }
        left = room.awaitNanos(left);
      }
      return take(weight);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full(Kind.TIMED_OUT);
    } finally {
      lock.unlock();
    }
  }

  private PublishException drop() {
    if (dropped.getAndIncrement() == 0) {
      LOG.warn("messages are dropped: {}", underWay());
    }
    return full(Kind.FULL);
  }

  private PublishException full(Kind kind) {
    return new PublishException(
        kind, "too many messages are under way: " + underWay() + "; try again later", null);
  }

  private String underWay() {
    lock.lock();
    try {
      return "%d of at most %d (publisher.in-flight), %d bytes of at most %d (publisher.in-flight-bytes)"
          .formatted(messages, limits.inFlight(), bytes, limits.inFlightBytes());
    } finally {
      lock.unlock();
    }
  }

  private void leave(long weight) {
    lock.lock();
    try {
      messages--;
      bytes -= weight;
      if (isWorthWaking()) {
        room.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many callers wait for room. */
  int waiting() {
    lock.lock();
    try {
      return lock.getWaitQueueLength(room);
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many are under way. */
  int messages() {
    lock.lock();
    try {
      return messages;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what all that are under way weigh. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many were given up for want of room. */
  long dropped() {
    return dropped.get();
  }
}
