package org.peal.node;

import org.peal.bus.RawMessage;
import org.peal.crypto.Verified;
import org.peal.crypto.Verifier;

/**
 * Lets valid messages pass. Thread-safe.
 *
 * @param verifier judges the messages
 * @param forwardInvalid whether those that are refused go out all the same
 */
record VerifyingGate(Verifier verifier, boolean forwardInvalid) implements Gate {

  @Override
  public Passage pass(RawMessage message) {
    Verified seen = verifier.verify(message.payload(), message.topic());
    return seen.verdict()
        .fold(
            valid -> Passage.unchanged(message, seen.tree()),
            invalid ->
                forwardInvalid
                    ? Passage.tolerated(message, invalid)
                    : Passage.refused(message, invalid));
  }
}
