package org.peal.crypto;

/** What is done about keys that fedmsg does not know: Ed25519 and ECDSA on P-256. */
public enum EllipticKeys {
  /** Nothing is signed with them, and what others sign with them is refused. */
  OFF,
  /** What others sign with them is judged like the rest. */
  ACCEPT,
  /** That, and own messages may be signed with them. */
  SIGN;

  /** Tells whether what others sign with them can be valid. */
  public boolean isAccepted() {
    return this != OFF;
  }

  /** Tells whether own messages may be signed with them. */
  public boolean isMade() {
    return this == SIGN;
  }
}
