package org.peal.store;

/** The tables on a connection that only reads. Used by one thread at a time. */
record ReadTransaction(
    Cursors cursors,
    Outcomes outcomes,
    Outbox outbox,
    Losses losses,
    OpenGaps openGaps,
    Subscribers subscribers,
    RetryJournal journal,
    DeadLetters deadLetters,
    HandlerMemory memory,
    Decisions decisions)
    implements Snapshot {

  static ReadTransaction on(Session session) {
    return new ReadTransaction(
        new CursorTable(session),
        new OutcomeTable(session),
        new OutboxTable(session),
        new LossTable(session),
        new OpenGapTable(session),
        new SubscriberTable(session),
        new RetryJournalTable(session),
        new DeadLetterTable(session),
        new HandlerMemoryTable(session),
        new DecisionTable(session));
  }
}
