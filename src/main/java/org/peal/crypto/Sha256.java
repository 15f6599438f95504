package org.peal.crypto;

/**
 * What is done about the signature with SHA-256 that X.509 signers can add for other Peal nodes.
 */
public enum Sha256 {
  /** Not made; checked where it is there. */
  OFF,
  /** Made, and checked where it is there. */
  SIGN,
  /** Made; messages without it are refused. */
  REQUIRE;

  /** Tells whether own messages get it. */
  public boolean isMade() {
    return this != OFF;
  }

  /** Tells whether messages without it are refused. */
  public boolean isRequired() {
    return this == REQUIRE;
  }
}
