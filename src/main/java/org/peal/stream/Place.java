package org.peal.stream;

import java.util.Optional;

/**
 * Where in its stream a message stands, by its own account. Immutable.
 *
 * @param sequenceId its number in the publisher's log, 0 to {@link #GREATEST}
 * @param messageId its name; empty if it has none
 * @param run the publisher's process that made it, if it says so
 */
record Place(long sequenceId, String messageId, Optional<Run> run) {

  /** Far more than any log holds, and far from where a long would overflow. */
  static final long GREATEST = 1L << 60;

  /**
   * One process of a publisher, from its start to its end. Immutable.
   *
   * @param id random, made at the start
   * @param start the first sequence id that it could give
   */
  record Run(String id, long start) {}

  Place {
    if (sequenceId < 0 || sequenceId > GREATEST) {
      throw new IllegalArgumentException("not a sequence id: " + sequenceId);
    }
  }
}
