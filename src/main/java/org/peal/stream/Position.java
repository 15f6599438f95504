package org.peal.stream;

import java.util.Optional;

/**
 * How far a stream was followed: what a tracker needs to go on after a restart. Immutable.
 *
 * @param sequenceId the last one that is done with, -1 if the very first is still due
 * @param messageId the name of that message; empty if it is not known
 * @param run the process that made it, if known
 */
public record Position(long sequenceId, String messageId, Optional<String> run) {

  public Position {
    if (sequenceId < -1 || sequenceId > Place.GREATEST) {
      throw new IllegalArgumentException("not a sequence id: " + sequenceId);
    }
  }

  /** Returns the position behind a sequence id of which nothing else is known. */
  public static Position after(long sequenceId) {
    return new Position(sequenceId, "", Optional.empty());
  }
}
