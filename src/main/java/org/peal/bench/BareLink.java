package org.peal.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.peal.Deadline;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Connects bare sockets. JeroMQ forgets one connection in fifty until something else changes what
 * its I/O thread polls; a bare socket that then waits would wait for ever. Stateless.
 */
final class BareLink {

  private static final long NUDGE_MILLIS = 50;

  private BareLink() {}

  /**
   * Connects a socket and returns once both sides have shaken hands.
   *
   * @param context the socket's
   * @throws BenchException if they do not in time
   */
  static void connect(ZContext context, ZMQ.Socket socket, String address, Duration limit) {
    CountDownLatch shaken = new CountDownLatch(1);
    socket.setEventHook(event -> shaken.countDown(), ZMQ.EVENT_HANDSHAKE_PROTOCOL);
    socket.connect(address);
    Deadline deadline = Deadline.after(limit);
    try {
      while (!shaken.await(NUDGE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (deadline.left().isZero()) {
          throw new BenchException(
              "%s has not shaken hands in %d s".formatted(address, limit.toSeconds()));
        }
        nudge(context);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted while connecting to " + address, e);
    }
  }

  /** Makes the I/O thread go through all its connections, by opening and closing a listener. */
  private static void nudge(ZContext context) {
    ZMQ.Socket socket = context.getContext().socket(SocketType.PAIR);
    socket.setLinger(0);
    socket.bind("tcp://127.0.0.1:*");
    socket.close();
  }
}
