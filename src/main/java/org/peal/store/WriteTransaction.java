package org.peal.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.message.MessageId;

/** The tables on the writer's connection. Used by the writer's thread only. */
final class WriteTransaction implements Transaction {

  private final @Nullable LogAppender log;
  private final Session session;
  private final CursorTable cursors;
  private final OutcomeTable outcomes;
  private final OutboxTable outbox;
  private final LossTable losses;
  private final OpenGapTable openGaps;
  private final SubscriberTable subscribers;
  private final RetryJournalTable journal;
  private final DeadLetterTable deadLetters;
  private final HandlerMemoryTable memory;
  private final DecisionTable decisions;

  WriteTransaction(Session session, @Nullable LogAppender log) {
    this.log = log;
    this.session = session;
    cursors = new CursorTable(session);
    outcomes = new OutcomeTable(session);
    outbox = new OutboxTable(session);
    losses = new LossTable(session);
    openGaps = new OpenGapTable(session);
    subscribers = new SubscriberTable(session);
    journal = new RetryJournalTable(session);
    deadLetters = new DeadLetterTable(session);
    memory = new HandlerMemoryTable(session);
    decisions = new DecisionTable(session);
  }

  @Override
  public long lastSequenceId() {
    return log().extent().last();
  }

  @Override
  public void append(List<StoredMessage> messages) {
    log().append(messages);
  }

  @Override
  public Optional<StoredMessage> find(MessageId id) {
    log();
    return MessageRows.find(session, id);
  }

  Session session() {
    return session;
  }

  LogAppender log() {
    if (log == null) {
      throw new IllegalStateException("this database was opened without a log");
    }
    return log;
  }

  @Override
  public CursorTable cursors() {
    return cursors;
  }

  @Override
  public OutcomeTable outcomes() {
    return outcomes;
  }

  @Override
  public OutboxTable outbox() {
    return outbox;
  }

  @Override
  public LossTable losses() {
    return losses;
  }

  @Override
  public OpenGapTable openGaps() {
    return openGaps;
  }

  @Override
  public SubscriberTable subscribers() {
    return subscribers;
  }

  @Override
  public RetryJournalTable journal() {
    return journal;
  }

  @Override
  public DeadLetterTable deadLetters() {
    return deadLetters;
  }

  @Override
  public HandlerMemoryTable memory() {
    return memory;
  }

  @Override
  public DecisionTable decisions() {
    return decisions;
  }
}
