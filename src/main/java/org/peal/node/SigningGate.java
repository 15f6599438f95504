package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.peal.bus.RawMessage;
import org.peal.crypto.Fields;
import org.peal.crypto.Reason;
import org.peal.crypto.Signer;
import org.peal.crypto.SigningException;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verified;
import org.peal.crypto.Verifier;

/**
 * Lets valid messages pass as they are and signs those that carry no credentials at all.
 * Thread-safe.
 *
 * <p>What it signs is judged like everything else before it goes out: our signer must be permitted
 * to use the topic, and our certificate must be good. Nothing that is signed already is signed
 * again: a signature over another one is one that nobody can verify.
 *
 * @param verifier judges what comes in and what was signed
 * @param signer signs
 * @param largest the largest payload in bytes; receivers drop peers that send more
 */
record SigningGate(Verifier verifier, Signer signer, int largest) implements Gate {

  @Override
  public Passage pass(RawMessage message) {
    Verified seen = verifier.verify(message.payload(), message.topic());
    return seen.verdict()
        .fold(
            valid -> Passage.unchanged(message, seen.tree()),
            invalid ->
                invalid.reason() == Reason.UNSIGNED && seen.tree().filter(this::isBare).isPresent()
                    ? sign(message, (ObjectNode) seen.tree().get())
                    : Passage.refused(message, invalid));
  }

  private boolean isBare(JsonNode tree) {
    return tree instanceof ObjectNode
        && Stream.of(Fields.CRYPTO, Fields.SIGNATURE, Fields.CERTIFICATE).noneMatch(tree::has);
  }

  private Passage sign(RawMessage message, ObjectNode tree) {
    byte[] payload;
    try {
      payload = signer.signedText(tree);
    } catch (SigningException e) {
      return refused(message, "cannot be signed: " + e.getMessage());
    }
    if (payload.length > largest) {
      return refused(
          message,
          "signed it has %d bytes, zmq.max-message is %d".formatted(payload.length, largest));
    }
    return verifier
        .verify(payload, message.topic())
        .verdict()
        .fold(
            valid -> Passage.signed(message, payload),
            invalid -> Passage.refused(message, invalid));
  }

  private static Passage refused(RawMessage message, String detail) {
    return Passage.refused(message, new Verdict.Invalid(Reason.MALFORMED, detail));
  }
}
