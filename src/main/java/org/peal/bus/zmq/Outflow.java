package org.peal.bus.zmq;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what one publishing socket has put into JeroMQ's pipes and what its I/O thread has taken
 * out again.
 *
 * <p>JeroMQ cannot tell what is still unsent, but each {@link OutboundMsg} notices when it is
 * written and when it is taken. The taken ones still pass through a buffer of the engine, which is
 * filled anew only when it has been written to the kernel; so of those only the last buffer's worth
 * is uncertain.
 */
final class Outflow {
  /** JeroMQ fills its buffer until it holds at least this many bytes. */
  private static final int ENGINE_BUFFER = 8192;

  private static final int REMEMBERED = 4096;

  /** How often the I/O thread offers its core at most while one message is sent. */
  private static final int YIELDS = 8;

  private final Thread loop;
  private final Runnable wake;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong probes = new AtomicLong();
  private final int[] sizes = new int[REMEMBERED];
  private final AtomicLong written = new AtomicLong();
  private long probesWritten;

  /** Odd while the loop sends a message. */
  private final AtomicLong sends = new AtomicLong();

  /** The last one for which the I/O thread offered its core; for that thread. */
  private long offeredAt;

  /**
   * Makes a count for a socket that {@code loop} writes to.
   *
   * @param wake called on the I/O thread when a probe comes by
   */
  Outflow(Thread loop, Runnable wake) {
    this.loop = loop;
    this.wake = wake;
  }

  /**
   * Sends one message, so that the I/O thread knows that the loop is about it; for the loop thread.
   */
  void send(Runnable message) {
    sends.lazySet(sends.get() + 1);
    try {
      message.run();
    } finally {
      sends.lazySet(sends.get() + 1);
    }
  }

  /** Notes a copy; calls of other threads than the loop mean nothing and are ignored. */
  void written() {
    if (Thread.currentThread() == loop) {
      written.lazySet(written.get() + 1);
    }
  }

  /** Notes a probe that found a pipe; as {@link #written()}. */
  void probeWritten() {
    if (Thread.currentThread() == loop) {
      probesWritten++;
    }
  }

  void taken(int size) {
    long count = taken.get();
    sizes[(int) (count % REMEMBERED)] = size;
    taken.set(count + 1);
    if (count + 1 == written.get()) {
      yieldToLoop();
    }
  }

  /**
   * The loop wakes the I/O thread by writing to a pipe and only then counts that. If it has lost
   * its core to the woken thread in between, that one would find the pipe ready and nothing
   * counted, again and again, until the scheduler takes its core away: milliseconds.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a hint: without effect it only takes longer
  private void yieldToLoop() {
    long now = sends.get();
    if (now % 2 == 0 || now == offeredAt) {
      return;
    }
    offeredAt = now;
    for (int i = 0; i < YIELDS && sends.get() == now; i++) {
      Thread.yield();
    }
  }

  void probeTaken() {
    probes.incrementAndGet();
    wake.run();
  }

  /** Returns the copies written so far; for the loop thread. */
  long copies() {
    return written.get();
  }

  /** Returns the copies that wait in pipes; for the loop thread. */
  long waiting() {
    return Math.max(0, written.get() - taken.get());
  }

  /** Returns how often a probe was put into a pipe; for the loop thread. */
  long probesWritten() {
    return probesWritten;
  }

  long probesTaken() {
    return probes.get();
  }

  /** Returns how many of the taken copies may still be in the engine's buffer. */
  long uncertain() {
    long count = taken.get();
    long bytes = 0;
    long messages = 0;
    while (messages < Math.min(count, REMEMBERED) && bytes < ENGINE_BUFFER) {
      bytes += sizes[(int) ((count - 1 - messages) % REMEMBERED)];
      messages++;
    }
    return Math.min(count, messages + 1);
  }
}
