package org.peal.lease;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.peal.store.Acquaintance;
import org.peal.store.Cursor;
import org.peal.store.DeadLetter;
import org.peal.store.HandledMessage;
import org.peal.store.JournalEntry;
import org.peal.store.OpenGap;
import org.peal.store.SharedDatabase;
import org.peal.store.StateStore;
import org.peal.store.Transaction;

/**
 * Moves what a node has recorded in its own file under the name of a lease to the database that
 * nodes share. What became of messages stays true whoever has the lease, so this needs none. A part
 * that was moved before a sudden end is not moved again, but for a few dead letters. Stateless.
 *
 * @param name the lease, and the name under which things are recorded
 */
record CarryOver(String name, StateStore own, SharedDatabase shared) {

  private static final int PAGE = 500;
  private static final Instant FOR_EVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  /** Moves all that there is; cursors last, since they say that all before them is done with. */
  void run() {
    carry(this::outcomes);
    carry(this::journal);
    carry(this::deadLetters);
    memory();
    cursors();
  }

  private static void carry(BooleanSupplier page) {
    boolean isMore = true;
    while (isMore) {
      isMore = page.getAsBoolean();
    }
  }

  private boolean outcomes() {
    List<HandledMessage> page = own.read(s -> s.outcomes().ofHandler(name, PAGE));
    if (!page.isEmpty()) {
      aside(t -> page.forEach(t.outcomes()::record));
      ours(t -> page.forEach(done -> t.outcomes().forget(done.key())));
    }
    return page.size() == PAGE;
  }

  private boolean journal() {
    List<JournalEntry> page = own.read(s -> s.journal().due(name, FOR_EVER, PAGE));
    if (!page.isEmpty()) {
      aside(t -> page.forEach(entry -> add(t, entry)));
      ours(t -> page.forEach(entry -> t.journal().delete(entry.id())));
    }
    return page.size() == PAGE;
  }

  private static void add(Transaction t, JournalEntry entry) {
    boolean isKnown = t.outcomes().check(entry.key()) instanceof Acquaintance.Same;
    if (!isKnown && t.journal().find(entry.key()).isEmpty()) {
      long id = t.journal().add(entry.key(), entry.message(), entry.attempts(), entry.since());
      t.journal().postpone(id, entry.due(), entry.why(), entry.lines());
    }
  }

  private boolean deadLetters() {
    List<DeadLetter> page = own.<List<DeadLetter>>read(s -> s.deadLetters().ofHandler(name, PAGE));
    if (!page.isEmpty()) {
      aside(t -> page.forEach(t.deadLetters()::add));
      ours(t -> page.forEach(letter -> t.deadLetters().delete(letter.id())));
    }
    return page.size() == PAGE;
  }

  private void memory() {
    SortedMap<String, String> kept = own.read(s -> s.memory().all(name, ""));
    if (!kept.isEmpty()) {
      aside(t -> kept.forEach((key, value) -> t.memory().put(name, key, value)));
      ours(t -> kept.keySet().forEach(key -> t.memory().remove(name, key)));
    }
  }

  private void cursors() {
    List<Cursor> ahead = own.read(s -> s.cursors().list(name));
    List<OpenGap> gaps = own.read(s -> s.openGaps().list(name));
    Optional<Instant> since = own.read(s -> s.subscribers().since(name));
    if (!ahead.isEmpty() || since.isPresent()) {
      aside(
          t -> {
            since.ifPresent(start -> t.subscribers().start(name, start));
            for (Cursor cursor : ahead.stream().filter(each -> isAhead(t, each)).toList()) {
              t.cursors().put(cursor);
              gaps.stream()
                  .filter(gap -> gap.stream().equals(cursor.stream()))
                  .forEach(t.openGaps()::add);
            }
          });
    }
  }

  /** A log that went back has later cursors with lower numbers. */
  private static boolean isAhead(Transaction t, Cursor cursor) {
    return t.cursors()
        .find(cursor.name(), cursor.stream())
        .map(
            known ->
                known.sequenceId() < cursor.sequenceId()
                    && known.updated().isBefore(cursor.updated()))
        .orElse(true);
  }

  private void aside(Consumer<Transaction> work) {
    shared.writeAside(
        name,
        t -> {
          work.accept(t);
          return true;
        });
  }

  private void ours(Consumer<Transaction> work) {
    own.write(
            t -> {
              work.accept(t);
              return true;
            })
        .join();
  }

  /** Copies how far the publishers were followed the other way, for the time when it is needed. */
  void copyCursors() {
    List<Cursor> cursors = shared.read(s -> s.cursors().list(name));
    List<OpenGap> gaps = shared.read(s -> s.openGaps().list(name));
    Optional<Instant> since = shared.read(s -> s.subscribers().since(name));
    ours(
        t -> {
          since.ifPresent(start -> t.subscribers().start(name, start));
          cursors.forEach(t.cursors()::put);
          cursors.forEach(cursor -> t.openGaps().forget(name, cursor.stream()));
          gaps.forEach(t.openGaps()::add);
        });
  }
}
