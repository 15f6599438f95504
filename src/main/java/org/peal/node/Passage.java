package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.peal.bus.RawMessage;
import org.peal.crypto.Verdict;

/**
 * What a {@link Gate} made of a message. Immutable; nobody may change the bytes.
 *
 * @param message what came in
 * @param payload what goes out; empty when nothing does
 * @param problem why the message is not valid, whether or not it goes out
 * @param isSignedHere whether it came without a signature and goes out with ours
 * @param isNumbered whether it is valid and carries its publisher's sequence id
 */
record Passage(
    RawMessage message,
    Optional<byte[]> payload,
    Optional<Verdict.Invalid> problem,
    boolean isSignedHere,
    boolean isNumbered) {

  private static final String SEQUENCE_ID = "seq_id";

  /** The message, which is valid, goes out as it came. */
  static Passage unchanged(RawMessage message, Optional<JsonNode> tree) {
    boolean isNumbered = tree.filter(t -> t.path(SEQUENCE_ID).isIntegralNumber()).isPresent();
    return new Passage(
        message, Optional.of(message.payload()), Optional.empty(), false, isNumbered);
  }

  /** The message goes out with our signature. */
  static Passage signed(RawMessage message, byte[] payload) {
    return new Passage(message, Optional.of(payload), Optional.empty(), true, false);
  }

  /** The message does not go out. */
  static Passage refused(RawMessage message, Verdict.Invalid problem) {
    return new Passage(message, Optional.empty(), Optional.of(problem), false, false);
  }

  /** The message is not valid and goes out all the same. */
  static Passage tolerated(RawMessage message, Verdict.Invalid problem) {
    return new Passage(message, Optional.of(message.payload()), Optional.of(problem), false, false);
  }
}
