package org.peal.store;

import java.util.List;
import java.util.Optional;
import org.peal.message.MessageId;

/**
 * What one piece of work does to the database: all of it or nothing. Valid only within the call
 * that it is given to, on that call's thread. It sees what was done before it in the same commit.
 */
public sealed interface Transaction extends Snapshot permits WriteTransaction {

  /** Returns the sequence id of the last message that was appended, 0 if there never was one. */
  long lastSequenceId();

  /**
   * Appends messages to the log. The first must have the sequence id {@link #lastSequenceId()} + 1
   * and each other one that of its neighbour + 1.
   *
   * @throws StoreException of the category permanent if a sequence id does not follow or a message
   *     id is in the log already
   */
  void append(List<StoredMessage> messages);

  /** Returns the message of the log with an id, if it is still there. */
  Optional<StoredMessage> find(MessageId id);

  @Override
  CursorTable cursors();

  @Override
  OutcomeTable outcomes();

  @Override
  OutboxTable outbox();

  @Override
  LossTable losses();

  @Override
  OpenGapTable openGaps();

  @Override
  SubscriberTable subscribers();

  @Override
  RetryJournalTable journal();

  @Override
  DeadLetterTable deadLetters();

  @Override
  HandlerMemoryTable memory();

  @Override
  DecisionTable decisions();
}
