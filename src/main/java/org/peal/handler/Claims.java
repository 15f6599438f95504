package org.peal.handler;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.store.Acquaintance;
import org.peal.store.DeadLetter;
import org.peal.store.HandledMessage;
import org.peal.store.JournalEntry;
import org.peal.store.MessageKey;
import org.peal.store.RetryJournal;
import org.peal.store.Transaction;

/**
 * Decides, in a transaction, whether a handler gets a message, and notes that it does. What was
 * handed over and has no outcome when a process ends suddenly is so found at the next start.
 * Stateless.
 */
final class Claims {

  private final HandlerTerms terms;

  Claims(HandlerTerms terms) {
    this.terms = terms;
  }

  /**
   * Decides about a message that came by a bus.
   *
   * @param isRedelivered whether the bus has handed it over before, perhaps to another process
   */
  Claim first(
      Transaction t, MessageKeys keys, Message message, boolean isRedelivered, Instant now) {
    Acquaintance known = t.outcomes().check(keys.message());
    if (known instanceof Acquaintance.Same || isKnownByOwnKey(t, keys, now)) {
      return new Claim.Known();
    }
    if (t.journal().find(keys.message()).isPresent()) {
      return new Claim.Waiting();
    }
    String text = MessageJson.write(message);
    Optional<String> tooOld = tooOld(message, now);
    if (tooOld.isPresent()) {
      putAside(
          t, keys.message(), new DeadMessage(DeadLetter.Kind.REVIEW, text, 0, tooOld.get()), now);
      return new Claim.PutAside();
    }
    if (!hasRoom(t.journal())) {
      return new Claim.Crowded();
    }
    long entry = t.journal().add(keys.message(), text, 1, now);
    return new Claim.Taken(entry, 1, now, isRedelivered, known instanceof Acquaintance.Conflict);
  }

  /** Tells whether the journal may take one more message. */
  boolean hasRoom(RetryJournal journal) {
    return journal.size(terms.name()) < terms.retry().waiting();
  }

  private static boolean isKnownByOwnKey(Transaction t, MessageKeys keys, Instant now) {
    Optional<HandledMessage> earlier =
        keys.own()
            .map(t.outcomes()::check)
            .filter(Acquaintance.Same.class::isInstance)
            .map(same -> ((Acquaintance.Same) same).earlier());
    earlier.ifPresent(
        done ->
            t.outcomes()
                .record(
                    new HandledMessage(
                        keys.message(),
                        Outcomes.IGNORED,
                        "handled before as " + done.why() + ", by the handler's own key",
                        List.of(),
                        now)));
    return earlier.isPresent();
  }

  private Optional<String> tooOld(Message message, Instant now) {
    return message
        .sentAt()
        .filter(at -> at.isBefore(now.minus(terms.window())))
        .map(
            at ->
                "made at %s, longer ago than outcomes are kept (%s): it may have been handled"
                    .formatted(at, terms.window()));
  }

  /**
   * Decides about a message of the journal. One that was never handed over is wanted by an
   * operator, whatever was done with it or another one of its key.
   */
  Claim again(Transaction t, long entry, MessageKeys keys, Instant now) {
    Optional<JournalEntry> found = t.journal().find(entry);
    if (found.isEmpty()) {
      return new Claim.Known();
    }
    JournalEntry waiting = found.get();
    if (waiting.due().isAfter(now)) {
      return new Claim.Waiting();
    }
    boolean isNew = waiting.attempts() == 0 && waiting.why().isEmpty();
    if (!isNew && isKnownByOwnKey(t, keys, now)) {
      t.journal().delete(entry);
      return new Claim.Known();
    }
    if (waiting.attempts() >= terms.retry().attempts()) {
      String reason =
          "handed over %d times without an outcome; the last one: %s"
              .formatted(waiting.attempts(), waiting.why().isEmpty() ? "none" : waiting.why());
      DeadMessage dead =
          new DeadMessage(DeadLetter.Kind.FAILED, waiting.message(), waiting.attempts(), reason);
      t.journal().delete(entry);
      putAside(t, keys.message(), dead, now);
      return new Claim.PutAside();
    }
    t.journal().handOver(entry, now);
    return new Claim.Taken(entry, waiting.attempts() + 1, waiting.since(), true, false);
  }

  /** Puts a message of the journal aside that is no message any more, such as a later Peal's. */
  static Claim unreadable(Transaction t, JournalEntry entry, Exception why, Instant now) {
    String reason = "cannot be read again: " + why.getMessage();
    t.journal().delete(entry.id());
    DeadMessage dead =
        new DeadMessage(DeadLetter.Kind.FAILED, entry.message(), entry.attempts(), reason);
    putAside(t, entry.key(), dead, now);
    return new Claim.PutAside();
  }

  private static void putAside(Transaction t, MessageKey key, DeadMessage dead, Instant now) {
    dead.write(t, key, List.of(), now);
  }
}
