package org.peal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.message.MessageId;
import org.peal.store.Acquaintance;
import org.peal.store.Cursor;
import org.peal.store.Database;
import org.peal.store.DeadLetter;
import org.peal.store.HandledMessage;
import org.peal.store.JournalEntry;
import org.peal.store.MessageKey;
import org.peal.store.PostgresConfig;
import org.peal.store.SharedDatabase;
import org.peal.store.StoreConfig;
import org.peal.store.Transaction;
import org.peal.testing.Postgres;

/** Moving what a node has recorded by itself to where nodes share it. */
class CarryOverIT {

  private static final String NAME = "tagger";
  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");

  @TempDir Path folder;
  private Database own;
  private SharedDatabase shared;
  private CarryOver carryOver;

  @BeforeEach
  void open() {
    own =
        Database.openWithoutLog(
            folder.resolve("own.db"), StoreConfig.defaults(), InstantSource.system());
    shared =
        new SharedDatabase(
            new PostgresConfig(Postgres.shared().newDatabase(), Optional.empty(), Optional.empty()),
            Duration.ofMinutes(1));
    carryOver = new CarryOver(NAME, own, shared);
  }

  @AfterEach
  void close() {
    own.close();
    shared.close();
  }

  private void ours(Consumer<Transaction> work) {
    own.write(
            t -> {
              work.accept(t);
              return true;
            })
        .join();
  }

  private void theirs(Consumer<Transaction> work) {
    shared.writeAside(
        NAME,
        t -> {
          work.accept(t);
          return true;
        });
  }

  private static MessageKey key(String handler, String id) {
    return new MessageKey(handler, new MessageId(id), "hash", Optional.of("bodhi"));
  }

  private static HandledMessage done(MessageKey key, String why) {
    return new HandledMessage(key, "done", why, List.of("line"), NOW);
  }

  private static Cursor cursor(long sequenceId, Instant updated) {
    return new Cursor(
        NAME, "stream", "pub.host", Optional.empty(), sequenceId, Optional.empty(), updated);
  }

  @Test
  void run_moreThanAPage_allIsThereAndOnlyThere() {
    int count = 1234;
    ours(
        t -> {
          for (int i = 0; i < count; i++) {
            t.outcomes().record(done(key(NAME, "m" + i), ""));
          }
          t.outcomes().record(done(key("other", "m0"), ""));
        });
    carryOver.run();
    assertThat(shared.<Long>read(s -> s.outcomes().count(NAME))).isEqualTo(count);
    assertThat(own.<Long>read(s -> s.outcomes().count(NAME))).isZero();
    assertThat(own.<Long>read(s -> s.outcomes().count("other"))).isEqualTo(1);
    carryOver.run();
    assertThat(shared.<Long>read(s -> s.outcomes().count(NAME))).isEqualTo(count);
  }

  @Test
  void run_outcomeThatIsThere_stays() {
    theirs(t -> t.outcomes().record(done(key(NAME, "m"), "first")));
    ours(t -> t.outcomes().record(done(key(NAME, "m"), "second")));
    carryOver.run();
    assertThat(shared.<Acquaintance>read(s -> s.outcomes().check(key(NAME, "m"))))
        .isEqualTo(new Acquaintance.Same(done(key(NAME, "m"), "first")));
  }

  @Test
  void run_whatIsTriedAgain_keepsItsAttemptsUnlessItIsDone() {
    theirs(t -> t.outcomes().record(done(key(NAME, "done"), "")));
    ours(
        t -> {
          t.journal().add(key(NAME, "done"), "{}", 1, NOW);
          long id = t.journal().add(key(NAME, "waits"), "{\"a\":1}", 3, NOW);
          t.journal().postpone(id, NOW.plusSeconds(60), "busy", List.of("one"));
        });
    carryOver.run();
    List<JournalEntry> entries = shared.read(s -> s.journal().due(NAME, NOW.plusSeconds(3600), 10));
    assertThat(entries)
        .singleElement()
        .isEqualTo(
            new JournalEntry(
                entries.get(0).id(),
                key(NAME, "waits"),
                "{\"a\":1}",
                3,
                NOW.plusSeconds(60),
                NOW,
                "busy",
                List.of("one")));
    assertThat(own.<Long>read(s -> s.journal().size(NAME))).isZero();
  }

  @Test
  void run_deadLettersAndMemory_move() {
    ours(
        t -> {
          t.deadLetters()
              .add(
                  new DeadLetter(
                      0, key(NAME, "m"), DeadLetter.Kind.DROPPED, "{}", 1, "bad", List.of(), NOW));
          t.memory().put(NAME, "k", "v");
        });
    carryOver.run();
    assertThat(shared.<Long>read(s -> s.deadLetters().size(NAME))).isEqualTo(1);
    assertThat(own.<Long>read(s -> s.deadLetters().size(NAME))).isZero();
    assertThat(shared.<Optional<String>>read(s -> s.memory().get(NAME, "k"))).contains("v");
    assertThat(own.<Optional<String>>read(s -> s.memory().get(NAME, "k"))).isEmpty();
  }

  @Test
  void run_cursors_onlyGoForward() {
    theirs(t -> t.cursors().put(cursor(5, NOW)));
    ours(t -> t.cursors().put(cursor(9, NOW.minusSeconds(1))));
    carryOver.run();
    assertThat(sharedCursor()).as("an old copy, from before the log went back").isEqualTo(5);
    ours(t -> t.cursors().put(cursor(4, NOW.plusSeconds(1))));
    carryOver.run();
    assertThat(sharedCursor()).isEqualTo(5);
    ours(t -> t.cursors().put(cursor(7, NOW.plusSeconds(1))));
    carryOver.run();
    assertThat(sharedCursor()).isEqualTo(7);
  }

  private long sharedCursor() {
    return shared
        .<Optional<Cursor>>read(s -> s.cursors().find(NAME, "stream"))
        .orElseThrow()
        .sequenceId();
  }

  @Test
  void copyCursors_afterwards_theOwnFileKnowsThem() {
    theirs(
        t -> {
          t.cursors().put(cursor(5, NOW));
          t.subscribers().start(NAME, NOW);
        });
    carryOver.copyCursors();
    assertThat(own.<List<Cursor>>read(s -> s.cursors().list(NAME))).containsExactly(cursor(5, NOW));
    assertThat(own.<Optional<Instant>>read(s -> s.subscribers().since(NAME))).contains(NOW);
  }
}
