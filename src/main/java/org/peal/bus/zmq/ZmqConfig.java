package org.peal.bus.zmq;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/**
 * The {@code zmq} section of the configuration. Immutable; a component left out is its default.
 *
 * @param highWaterMark messages, at least 1
 * @param maxMessage bytes of one frame, at least 1
 * @param linger how long closing waits for what is still to be sent
 */
@Doc("How ZeroMQ sockets behave.")
public record ZmqConfig(
    @Doc("Messages that a socket queues for one peer. At least 1.") @Nullable Integer highWaterMark,
    @Doc("Largest frame in bytes; a peer that sends a larger one is dropped.")
        @Nullable Integer maxMessage,
    @Doc("How long closing waits for messages that are still to be sent.")
        @Nullable Duration linger) {

  public ZmqConfig {
    highWaterMark = highWaterMark == null ? Integer.valueOf(1000) : highWaterMark;
    maxMessage = maxMessage == null ? Integer.valueOf(1 << 20) : maxMessage;
    linger = linger == null ? Duration.ofSeconds(1) : linger;
    if (highWaterMark < 1) {
      throw new IllegalArgumentException(
          "high-water mark must be at least 1 message: " + highWaterMark);
    }
    if (maxMessage < 1) {
      throw new IllegalArgumentException("max message must be at least 1 byte: " + maxMessage);
    }
    if (linger.isNegative() || linger.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("linger must be between 0 and 1 hour: " + linger);
    }
  }

  /** Returns the configuration that holds when nothing is said. */
  public static ZmqConfig defaults() {
    return new ZmqConfig(null, null, null);
  }

  /** Returns {@link #highWaterMark}, which is never null. */
  public int mark() {
    return highWaterMark == null ? 1000 : highWaterMark;
  }

  /** Returns {@link #maxMessage}, which is never null. */
  public int frameLimit() {
    return maxMessage == null ? 1 << 20 : maxMessage;
  }

  int lingerMillis() {
    return linger == null ? 1000 : (int) linger.toMillis();
  }
}
