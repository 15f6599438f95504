package org.peal.crypto;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peal.json.CanonicalJson;

/** Adds credentials to messages. Implementations are thread-safe. */
public interface Signer {

  /**
   * Signs a message.
   *
   * @param unsigned a message without {@code signature} and {@code certificate}; not changed
   * @return a copy with {@code crypto}, {@code signature} and, for X.509, {@code certificate}
   * @throws SigningException if the message has credentials already or the key cannot sign
   */
  ObjectNode sign(ObjectNode unsigned);

  /**
   * Signs a message that goes out as its canonical text, which may take less than to sign it and
   * write it then.
   *
   * @param unsigned as for {@link #sign}
   * @return the canonical text of what {@link #sign} returns, owned by the caller
   * @throws SigningException as {@link #sign} does
   */
  default byte[] signedText(ObjectNode unsigned) {
    return CanonicalJson.write(sign(unsigned));
  }

  /**
   * Does now what the first message would wait for, where that takes long. It may be called beside
   * {@link #sign}, and a key that cannot sign is no error here.
   */
  default void warmUp() {}
}
