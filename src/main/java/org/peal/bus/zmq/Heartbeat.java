package org.peal.bus.zmq;

import java.nio.ByteBuffer;
import java.time.Duration;
import zmq.Msg;

/**
 * When one connection is to be pinged, and what a ping is. Loop thread only.
 *
 * <p>JeroMQ can ping by itself, but has a timer for each connection then, and its I/O thread sorts
 * all timers in each of its turns: with a thousand connections that costs ten times what it does
 * otherwise. So the loop sends the command as the socket would. All connections share a few moments
 * in each interval, so that a thousand of them do not wake the loop one by one.
 */
final class Heartbeat {
  /** Moments in each interval. */
  private static final int MOMENTS = 16;

  private static final byte[] NAME = Bytes.utf8("\u0004PING");
  private static final short NO_TIME_TO_LIVE = 0;

  private final long interval;
  private long due;

  /** Makes one that is due at any time until it is started. */
  Heartbeat(Duration interval) {
    this.interval = interval.toNanos();
  }

  /** Begins anew: the next ping is due an interval after {@code now}, or up to a moment before. */
  void start(long now) {
    due = now + interval;
    due -= Math.floorMod(due, Math.max(1, interval / MOMENTS));
  }

  /** Returns whether a ping is due, and if so waits for the next. */
  boolean isDue(long now) {
    boolean isDue = now - due >= 0;
    if (isDue) {
      start(now);
    }
    return isDue;
  }

  /** Returns when the next ping is due, by {@link System#nanoTime}. */
  long due() {
    return due;
  }

  /** Returns a new ping, whose answer brings back {@link PeerTable#PING_CONTEXT} bytes. */
  static Msg ping() {
    int size = NAME.length + Short.BYTES + PeerTable.PING_CONTEXT;
    Msg ping = new Msg(ByteBuffer.allocate(size).put(NAME).putShort(NO_TIME_TO_LIVE).array());
    ping.setFlags(Msg.COMMAND);
    return ping;
  }
}
