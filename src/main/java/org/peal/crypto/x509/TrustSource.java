package org.peal.crypto.x509;

import org.peal.Watched;
import org.peal.crypto.TrustException;

/** Where PEM text is read from. Implementations are thread-safe; they print as the location. */
interface TrustSource extends Watched.Origin {

  /**
   * Returns the text, one character for each byte.
   *
   * @throws TrustException if there is none, naming the location
   */
  String read();

  /** Tells whether there is something to read, good or not. */
  boolean isThere();

  /** Looks for a new text where that takes more than reading a file. Never throws. */
  default void refresh() {}
}
