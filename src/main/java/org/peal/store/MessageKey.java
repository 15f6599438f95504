package org.peal.store;

import java.util.Optional;
import org.peal.message.MessageId;

/**
 * What tells a message from others at one handler. Immutable.
 *
 * @param handler which handler
 * @param id the message's name; copies of it share the {@link MessageId#dedupKey()}
 * @param contentHash hash of what it says, the same however it came
 * @param signer who signed it; empty if nobody looked, or if it came by a bus without signatures
 */
public record MessageKey(
    String handler, MessageId id, String contentHash, Optional<String> signer) {

  /** The content hash of what a handler calls by a key of its own, which is no message. */
  public static final String NO_CONTENT = "key";

  /** Stands for no signer: a key of a table must not be null. */
  private static final String NOBODY = "";

  public MessageKey {
    if (handler.isEmpty() || contentHash.isEmpty()) {
      throw new IllegalArgumentException(
          "handler and content hash must not be empty: \"%s\", \"%s\""
              .formatted(handler, contentHash));
    }
  }

  static MessageKey of(String handler, String id, String contentHash, String signer) {
    return new MessageKey(
        handler,
        new MessageId(id),
        contentHash,
        signer.equals(NOBODY) ? Optional.empty() : Optional.of(signer));
  }

  /** Returns the signer as it is stored. */
  String signerText() {
    return signer.orElse(NOBODY);
  }

  /**
   * Tells whether two messages under one id are copies of one message: they say the same, and not
   * by two signers. Copies that came by a bus without signatures have none to compare.
   */
  public boolean isSameAs(MessageKey other) {
    return contentHash.equals(other.contentHash)
        && (signer.isEmpty() || other.signer.isEmpty() || signer.equals(other.signer));
  }
}
