package org.peal.service.koji;

/** What came of asking for a tag on a build; the kinds are all there are. */
public sealed interface TagRequest {

  /** The build has the tag; nothing was asked for. */
  record AlreadyTagged() implements TagRequest {}

  /** A task that was asked for before is still to put it there; nothing was asked for. */
  record Pending(long task) implements TagRequest {}

  /**
   * A task was asked for now.
   *
   * @param found whether its reply was lost and it was found among the tasks
   */
  record Requested(long task, boolean found) implements TagRequest {}
}
