package org.peal.crypto;

import com.fasterxml.jackson.databind.node.ObjectNode;

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
   * Does now what the first message would wait for, where that takes long. It may be called beside
   * {@link #sign}, and a key that cannot sign is no error here.
   */
  default void warmUp() {}
}
