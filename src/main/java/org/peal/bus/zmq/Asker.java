package org.peal.bus.zmq;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection of a responder, and what it still owes us.
 *
 * <p>Changed by the loop, but for what the I/O thread reports: each frame of an answer that it
 * takes is a sign of life.
 */
final class Asker {
  /** Questions of one peer that may wait; a REQ socket never has more than one. */
  static final int MAX_PENDING = 4;

  final String address;
  final byte[] identity;
  private final AtomicLong all;
  private final AtomicLong unsent = new AtomicLong();
  private int pending;
  private boolean isForgotten;
  private volatile long movedAt = System.nanoTime();

  /**
   * Makes one.
   *
   * @param address where it connected from; empty where the protocol does not tell
   * @param all the bytes that wait for all peers
   */
  Asker(String address, byte[] identity, AtomicLong all) {
    this.address = address;
    this.identity = identity;
    this.all = all;
  }

  /** Notes a question; returns false if that was one too many. */
  boolean asks(long now) {
    if (isIdle()) {
      movedAt = now;
    }
    return ++pending <= MAX_PENDING && unsentFramesAreFew();
  }

  private boolean unsentFramesAreFew() {
    return unsent.get() == 0 || pending < MAX_PENDING;
  }

  void answered() {
    pending--;
  }

  /** Notes that a frame is about to go to ZeroMQ. */
  synchronized void written(int size, long now) {
    if (isForgotten) {
      return;
    }
    if (unsent.getAndAdd(cost(size)) == 0) {
      movedAt = now;
    }
    all.addAndGet(cost(size));
  }

  /** Notes that the I/O thread took a frame. */
  synchronized void taken(int size) {
    if (isForgotten) {
      return;
    }
    unsent.addAndGet(-cost(size));
    all.addAndGet(-cost(size));
    movedAt = System.nanoTime();
  }

  /**
   * Forgets what waits, because the connection is gone or about to go. The I/O thread may still
   * take frames of it: they count no more.
   */
  synchronized void forget() {
    isForgotten = true;
    all.addAndGet(-unsent.getAndSet(0));
  }

  boolean isSlow(long now, long patienceNanos) {
    return unsent.get() > 0 && now - movedAt > patienceNanos;
  }

  boolean isIdle() {
    return pending == 0 && unsent.get() == 0;
  }

  long movedAt() {
    return movedAt;
  }

  /** What a frame takes in memory, roughly. */
  private static int cost(int size) {
    return size + 64;
  }
}
