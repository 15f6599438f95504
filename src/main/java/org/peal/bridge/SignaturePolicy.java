package org.peal.bridge;

/** What a bridge asks of signatures before it takes a message to the broker. */
public enum SignaturePolicy {
  /** Only messages that are valid cross. */
  REQUIRE,
  /** All cross, and carry what was found. */
  ACCEPT,
  /** Nobody looks. */
  OFF
}
