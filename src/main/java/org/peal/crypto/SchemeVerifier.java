package org.peal.crypto;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.peal.message.Scheme;

/**
 * Judges the credentials of one scheme: who signed a message, and whether to believe it.
 * Implementations are thread-safe. What the signer may say is decided elsewhere.
 *
 * @see MessageVerifier
 */
public interface SchemeVerifier {

  /** Returns the scheme that this understands. */
  Scheme scheme();

  /**
   * Judges a message that claims this scheme.
   *
   * @param message not changed
   * @param now the time to judge keys by
   * @throws Refusal if the credentials are missing, unreadable, not trusted or do not fit
   */
  Signed verify(ObjectNode message, Instant now) throws Refusal;
}
