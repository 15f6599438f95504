package org.peal.crypto;

/** Why a message is invalid. The names are part of the output format. */
public enum Reason {
  /** It carries no credentials. */
  UNSIGNED,
  /** Its {@code crypto} field is null, a list, unknown, or names a scheme that is not allowed. */
  SCHEME_REFUSED,
  /** It or its credentials cannot be read. */
  MALFORMED,
  /** Its certificate does not lead to a trusted authority, or its key is not trusted. */
  UNTRUSTED,
  /** A certificate of its chain, its key or its signature is past its end. */
  EXPIRED,
  /** A certificate of its chain is before its start, or its key was made later. */
  NOT_YET_VALID,
  /** A certificate of its chain is on a revocation list, or its key is revoked. */
  REVOKED,
  /** Its signature does not fit the text and the key. */
  BAD_SIGNATURE,
  /** Its signer may not use its topic. */
  NOT_PERMITTED,
  /** Revocation lists are in use and none that is good covers an issuer of the chain. */
  REVOCATION_UNKNOWN,
  /** The topic frame differs from the topic inside. */
  TOPIC_MISMATCH,
  /** It is older than allowed. */
  STALE
}
