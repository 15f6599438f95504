package org.peal.bus.zmq;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts connections over all sockets that one subscription or publication has had. Thread-safe.
 */
final class PeerTally {
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong handshaken = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong kicked = new AtomicLong();
  private final AtomicLong acceptFailures = new AtomicLong();

  void opened() {
    opened.incrementAndGet();
  }

  void handshaken() {
    handshaken.incrementAndGet();
  }

  void closed() {
    closed.incrementAndGet();
  }

  long kicked() {
    return kicked.incrementAndGet();
  }

  void acceptFailed() {
    acceptFailures.incrementAndGet();
  }

  PeerCounters snapshot() {
    long gone = closed.get();
    long come = opened.get();
    return new PeerCounters(
        (int) Math.max(0, come - gone),
        come,
        handshaken.get(),
        gone,
        kicked.get(),
        acceptFailures.get());
  }
}
