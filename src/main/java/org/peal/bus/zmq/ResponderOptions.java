package org.peal.bus.zmq;

import java.time.Duration;

/**
 * What a responder puts up with. Immutable.
 *
 * @param maxQuestion bytes of a question; a peer that sends more is dropped
 * @param maxPeers connections at one time; beyond, the oldest is dropped
 * @param maxUnsent bytes of answers that wait for all peers together; what comes when they are
 *     reached is not sent, and its peer dropped
 * @param patience how long a peer may take for the next frame of its answer
 */
public record ResponderOptions(int maxQuestion, int maxPeers, long maxUnsent, Duration patience) {

  public ResponderOptions {
    if (maxQuestion < 1 || maxPeers < 1 || maxUnsent < 1 || patience.isNegative()) {
      throw new IllegalArgumentException(
          "limits must be positive: %d, %d, %d, %s"
              .formatted(maxQuestion, maxPeers, maxUnsent, patience));
    }
  }
}
