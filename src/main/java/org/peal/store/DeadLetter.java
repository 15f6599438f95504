package org.peal.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A message that a handler did not handle, kept aside with the reason. Immutable.
 *
 * @param id its number, never used again
 * @param key the message and the handler
 * @param kind how it came to that
 * @param message the whole message, as the handlers' package writes it
 * @param attempts how often it was handed over
 * @param reason why, for people
 * @param lines what the handler said of its last decision
 * @param since when it was put aside
 */
public record DeadLetter(
    long id,
    MessageKey key,
    Kind kind,
    String message,
    int attempts,
    String reason,
    List<String> lines,
    Instant since) {

  /** How a message came to be a dead letter. */
  public enum Kind {
    /** The handler said that it can never be handled. */
    DROPPED,
    /** It was tried too often, or for too long. */
    FAILED,
    /** It is older than what is remembered of messages that were handled: people must decide. */
    REVIEW;

    /** Returns the word for it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public DeadLetter {
    lines = List.copyOf(lines);
  }
}
