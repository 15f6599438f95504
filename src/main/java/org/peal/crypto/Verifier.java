package org.peal.crypto;

import org.jspecify.annotations.Nullable;

/** Decides whether received bytes are to be trusted. Implementations are thread-safe. */
public interface Verifier {

  /**
   * Verifies one message. Never throws for bad input.
   *
   * @param payload the JSON text as received; not changed
   * @param topicFrame the bytes of the topic frame that came with it, or null when there was none:
   *     then nothing is compared
   */
  Verified verify(byte[] payload, byte @Nullable [] topicFrame);
}
