package org.peal.bus.zmq;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.peal.config.Doc;

/** The {@code zmq} section: limits of every socket. Immutable. */
@Doc("Limits of every ZeroMQ socket.")
public record ZmqConfig(
    @Doc("Messages that may wait in a socket before it is full.") Integer highWaterMark,
    @Doc("Longest message that is accepted, in bytes.") Integer maxMessage,
    @Doc("How long closing waits for what is unsent.") Duration linger) {

  public ZmqConfig {
    highWaterMark = requireNonNullElse(highWaterMark, 1000);
    maxMessage = requireNonNullElse(maxMessage, 1 << 20);
    linger = requireNonNullElse(linger, Duration.ofSeconds(1));
    requirePositive("high-water-mark", highWaterMark);
    requirePositive("max-message", maxMessage);
  }

  private static void requirePositive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + " must be at least 1: " + value);
    }
  }
}
