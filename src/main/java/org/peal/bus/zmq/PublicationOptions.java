package org.peal.bus.zmq;

/**
 * How a publication queues. Immutable.
 *
 * @param highWaterMark messages that ZeroMQ queues for one peer, at least 1
 * @param queue messages that wait between {@link Publication#offer} and the loop, at least 1
 */
public record PublicationOptions(int highWaterMark, int queue) {

  public PublicationOptions {
    if (highWaterMark < 1 || queue < 1) {
      throw new IllegalArgumentException(
          "high-water mark and queue must be at least 1: " + highWaterMark + ", " + queue);
    }
  }

  /** Returns options with the high-water mark {@code mark} and a queue of 1000. */
  public static PublicationOptions of(int mark) {
    return new PublicationOptions(mark, 1000);
  }
}
