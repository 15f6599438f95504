package org.peal.handler;

import java.time.Instant;

/** Whether a handler is to get a message now. Immutable. */
sealed interface Claim {

  /**
   * It is; the message is in the journal until it has an outcome.
   *
   * @param entry its place in the journal
   * @param attempt 1 for the first
   * @param since when it was handed over first
   * @param isRedelivered whether it may have been handed over before
   * @param isConflict whether its id was used before for something else
   */
  record Taken(long entry, int attempt, Instant since, boolean isRedelivered, boolean isConflict)
      implements Claim {}

  /** It has an outcome already, by now at least. */
  record Known() implements Claim {}

  /** It waits in the journal until it is due. */
  record Waiting() implements Claim {}

  /** So many messages wait in the journal already that it must stay where it is. */
  record Crowded() implements Claim {}

  /** It was put aside instead, as a dead letter. */
  record PutAside() implements Claim {}
}
