package org.peal.store;

/**
 * Whether a handler has an outcome for a message already. The year of a message id does not count,
 * since the other bus drops it. Immutable.
 */
public sealed interface Acquaintance {

  /** The handler has no outcome under this id. */
  record New() implements Acquaintance {}

  /** The handler has an outcome for this very message. */
  record Same(HandledMessage earlier) implements Acquaintance {}

  /**
   * The handler has an outcome under this id, but for other content or another signer: a message of
   * its own, which must be neither suppressed nor taken for the other.
   */
  record Conflict(HandledMessage earlier) implements Acquaintance {}
}
