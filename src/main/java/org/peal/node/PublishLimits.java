package org.peal.node;

import java.time.Duration;

/**
 * What a publisher lets be under way. Immutable.
 *
 * @param inFlight the most messages between their acceptance and their commit, at least 1
 * @param inFlightBytes what they weigh when no more are let in, at least 1
 * @param whenFull what happens to one more
 * @param patience how long it waits by {@link WhenFull#WAIT}
 * @param largest the largest payload in bytes; receivers drop peers that send more
 */
record PublishLimits(
    int inFlight, long inFlightBytes, WhenFull whenFull, Duration patience, int largest) {

  PublishLimits {
    if (inFlight < 1 || inFlightBytes < 1) {
      throw new IllegalArgumentException(
          "in-flight and in-flight-bytes must be at least 1: " + inFlight + ", " + inFlightBytes);
    }
  }
}
