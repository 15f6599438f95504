package org.peal.bus.zmq;

import java.util.concurrent.CompletableFuture;

/**
 * Waits until all is in the kernel: first the queue, then the pipes, then three probes one after
 * another.
 *
 * <p>The engine takes the first probe together with the last messages, and the following ones only
 * after its buffer has been written. Loop thread only.
 */
final class Drain {
  private static final int PROBES = 3;

  private final long end;
  private final CompletableFuture<Long> done;
  private int probesSent;
  private long suspects;

  /** Makes a drain that gives up at {@code end} by {@link System#nanoTime}. */
  Drain(long end, CompletableFuture<Long> done) {
    this.end = end;
    this.done = done;
  }

  /** Notes that the link has broken before all was known to be in the kernel. */
  void interrupted(Outflow outflow) {
    probesSent = 0;
    suspects += outflow.uncertain();
  }

  /**
   * Goes on.
   *
   * @param lost messages that broken links have taken along
   * @param probe sends a probe
   * @return whether draining is over
   */
  boolean advance(long now, int queued, long lost, Outflow outflow, Runnable probe) {
    if (queued == 0 && isFlushed(outflow, probe)) {
      return done.complete(suspects + lost);
    }
    if (now - end >= 0) {
      giveUp(queued, lost, outflow);
      return true;
    }
    return false;
  }

  /** Ends with what may not have been sent. */
  void giveUp(int queued, long lost, Outflow outflow) {
    done.complete(suspects + lost + queued + outflow.waiting() + outflow.uncertain());
  }

  private boolean isFlushed(Outflow outflow, Runnable probe) {
    if (outflow.waiting() > 0) {
      return false;
    }
    if (outflow.copies() == 0 || outflow.probesTaken() >= PROBES) {
      return true;
    }
    if (outflow.probesTaken() < probesSent) {
      return false;
    }
    probesSent++;
    long before = outflow.probesWritten();
    probe.run();
    // Without a reader there is no pipe that anything could still be in.
    return outflow.probesWritten() == before;
  }
}
