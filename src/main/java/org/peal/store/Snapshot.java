package org.peal.store;

/**
 * What the database holds at one moment. Valid only within the call that it is given to, on that
 * call's thread.
 */
public sealed interface Snapshot permits Transaction, ReadTransaction {

  /** Returns how far subscribers got. */
  Cursors cursors();

  /** Returns what became of messages. */
  Outcomes outcomes();

  /** Returns what waits to be published. */
  Outbox outbox();

  /** Returns what is lost for certain. */
  Losses losses();

  /** Returns what subscribers went on without and may still come. */
  OpenGaps openGaps();

  /** Returns since when subscribers want messages. */
  Subscribers subscribers();

  /** Returns what was handed to handlers and has no outcome yet. */
  RetryJournal journal();

  /** Returns what handlers did not handle. */
  DeadLetters deadLetters();

  /** Returns what handlers remember. */
  HandlerMemory memory();

  /** Returns what handlers decided. */
  Decisions decisions();
}
