package org.peal.store;

import java.time.Instant;
import java.util.Optional;
import org.peal.message.MessageId;

/**
 * What became of one message at one handler. Immutable.
 *
 * @param handler whose outcome it is
 * @param id the message
 * @param contentHash hash of what the message says, the same however it came
 * @param signer who signed it, empty if nobody did or nobody looked
 * @param outcome one word: what the handler made of it
 * @param why more, for people; may be empty
 * @param when when the outcome was known
 */
public record HandledMessage(
    String handler,
    MessageId id,
    String contentHash,
    Optional<String> signer,
    String outcome,
    String why,
    Instant when) {

  public HandledMessage {
    if (handler.isEmpty() || contentHash.isEmpty() || outcome.isEmpty()) {
      throw new IllegalArgumentException(
          "handler, content hash and outcome must not be empty: \"%s\", \"%s\", \"%s\""
              .formatted(handler, contentHash, outcome));
    }
  }

  /** Tells whether two copies of a message say the same by the same signer. */
  boolean isSameAs(String otherHash, Optional<String> otherSigner) {
    return contentHash.equals(otherHash) && signer.equals(otherSigner);
  }
}
