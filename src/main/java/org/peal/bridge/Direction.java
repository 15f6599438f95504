package org.peal.bridge;

import java.util.Locale;

/** Which way messages cross. */
public enum Direction {
  /** From ZeroMQ to the broker. */
  TO_AMQP,
  /** From the broker to ZeroMQ. */
  TO_ZMQ;

  /** Returns the name as people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
