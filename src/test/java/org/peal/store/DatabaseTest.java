package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.PealException.Category;

class DatabaseTest {

  private static final Page.Limit LIMIT = new Page.Limit(1000, 1 << 20);

  @TempDir Path folder;
  private final List<Database> open = new ArrayList<>();

  private Path file() {
    return folder.resolve("deep/store.db");
  }

  private Database open() {
    Database database =
        Database.open(file(), StoreConfig.defaults(), StoredMessages.CLOCK, new Random(7));
    open.add(database);
    return database;
  }

  @AfterEach
  void close() {
    open.forEach(Database::close);
  }

  private static CompletableFuture<Void> append(Database database, List<StoredMessage> messages) {
    return database.write(
        transaction -> {
          transaction.append(messages);
          return null;
        });
  }

  @Test
  void open_newFile_hasAnEmptyLog() {
    MessageStore log = open().log();
    assertThat(log.lastSequenceId()).isZero();
    assertThat(log.firstSequenceId()).isEqualTo(1);
    assertThat(log.read(new ReplayQuery.Everything(), 0, LIMIT))
        .isEqualTo(new Page(List.of(), true));
  }

  @Test
  void append_thenReopen_keepsMessagesAndStream() {
    Database first = open();
    append(first, StoredMessages.range(1, 25)).join();
    append(first, StoredMessages.range(26, 26)).join();
    StreamId stream = first.log().stream();
    first.close();

    MessageStore log = open().log();
    assertThat(log.stream()).isEqualTo(stream);
    assertThat(log.lastSequenceId()).isEqualTo(26);
    assertThat(log.read(new ReplayQuery.Everything(), 0, LIMIT).messages())
        .extracting(StoredMessages::content)
        .isEqualTo(StoredMessages.range(1, 26).stream().map(StoredMessages::content).toList());
  }

  @Test
  void append_sequenceIdThatDoesNotFollow_isRefused() {
    Database database = open();
    append(database, StoredMessages.range(1, 2)).join();
    assertThatThrownBy(() -> append(database, StoredMessages.range(4, 5)).join())
        .cause()
        .hasMessageContaining("expected 3, got 4")
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.category()).isEqualTo(Category.PERMANENT));
    append(database, StoredMessages.range(3, 3)).join();
    assertThat(database.log().lastSequenceId()).isEqualTo(3);
  }

  @Test
  void append_messageIdTwice_isRefusedByName() {
    Database database = open();
    append(database, StoredMessages.range(1, 2)).join();
    StoredMessage again =
        new StoredMessage(
            3, StoredMessages.id(1), StoredMessages.number(3).topic(), 5, new byte[] {'{', '}'});
    assertThatThrownBy(() -> append(database, List.of(again)).join())
        .cause()
        .hasMessageContaining(StoredMessages.id(1) + " already, as sequence id 1");
    assertThat(database.log().lastSequenceId()).isEqualTo(2);
  }

  @Test
  void write_workThatThrows_changesNothingAndFailsNobodyElse() throws Exception {
    Database database = open();
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Void> holder = database.write(t -> await(go));
    CompletableFuture<Void> before = append(database, StoredMessages.range(1, 3));
    CompletableFuture<Void> bad =
        database.write(
            transaction -> {
              transaction.append(StoredMessages.range(4, 9));
              throw new IllegalStateException("changed its mind");
            });
    CompletableFuture<Void> after = append(database, StoredMessages.range(4, 5));
    go.countDown();

    CompletableFuture.allOf(holder, before, after).join();
    assertThatThrownBy(bad::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("changed its mind");
    assertThat(database.log().lastSequenceId()).isEqualTo(5);
    assertThat(database.log().read(new ReplayQuery.Everything(), 0, LIMIT).messages()).hasSize(5);
  }

  @Test
  void write_muchThatWaits_isOneCommit() {
    Database database = open();
    CountDownLatch go = new CountDownLatch(1);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    all.add(database.write(t -> await(go)));
    long before = database.commits();
    for (long i = 1; i <= 500; i++) {
      all.add(append(database, StoredMessages.range(i, i)));
    }
    go.countDown();
    all.forEach(CompletableFuture::join);
    assertThat(database.log().lastSequenceId()).isEqualTo(500);
    // The one that was held, and what had gathered behind it.
    assertThat(database.commits() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void open_fileThatIsOpen_isRefused() {
    open();
    assertThatThrownBy(this::open)
        .hasMessageContaining("is in use")
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.category()).isEqualTo(Category.TRANSIENT));
  }

  @Test
  void write_closed_isRefused() {
    Database database = open();
    database.close();
    assertThatThrownBy(() -> append(database, StoredMessages.range(1, 1)).join())
        .cause()
        .hasMessageContaining("closed");
  }

  @Test
  void copy_logInUse_isTheSameMessagesInAnotherStream() {
    Database database = open();
    append(database, StoredMessages.range(1, 30)).join();
    Path copy = folder.resolve("new").resolve("copy.db");
    Database.copy(file(), copy, new Random(8));
    assertThatThrownBy(() -> Database.copy(file(), copy, new Random(9)))
        .hasMessageContaining("exists already");
    assertThat(copy.getParent()).isDirectoryContaining(path -> path.equals(copy));
    assertThat(copy.getParent().toFile().list()).containsExactly("copy.db");
    append(database, StoredMessages.range(31, 31)).join();
    try (Database other =
        Database.open(copy, StoreConfig.defaults(), StoredMessages.CLOCK, new Random(8))) {
      assertThat(other.log().stream()).isNotEqualTo(database.log().stream());
      assertThat(other.log().lastSequenceId()).isEqualTo(30);
      assertThat(other.log().read(new ReplayQuery.Everything(), 0, LIMIT).messages()).hasSize(30);
    }
  }

  @Test
  void copy_noStoreOfPeal_leavesNothingBehind() throws IOException {
    Path source = Files.writeString(folder.resolve("x"), "no database, but long enough to be one");
    Path target = folder.resolve("t").resolve("copy.db");
    assertThatThrownBy(() -> Database.copy(source, target, new Random(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(source.toString());
    assertThatThrownBy(() -> Database.copy(folder.resolve("none"), target, new Random(1)))
        .hasMessageContaining("does not exist");
    assertThat(target.getParent().toFile().list()).isEmpty();
  }

  @Test
  void inspect_besideTheWriter_seesOneMoment() {
    Database database = open();
    Database.inspect(
        file(),
        snapshot -> {
          assertThat(snapshot.subscribers().since("late")).isEmpty();
          database.write(t -> t.subscribers().start("late", Instant.EPOCH)).join();
          assertThat(snapshot.subscribers().since("late")).isEmpty();
          return true;
        });
    assertThat(database.<Optional<Instant>>read(s -> s.subscribers().since("late"))).isPresent();
  }

  @Test
  void read_besideTheWriter_seesWholeBatchesOnly() {
    Database database = open();
    int batch = 10;
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (long i = 0; i < 100; i++) {
                append(database, StoredMessages.range(i * batch + 1, (i + 1) * batch)).join();
              }
            });
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      readers.add(
          CompletableFuture.runAsync(
              () -> {
                int seen = 0;
                while (!writing.isDone()) {
                  List<StoredMessage> all =
                      database.log().read(new ReplayQuery.Everything(), 0, LIMIT).messages();
                  assertThat(all.size() % batch).isZero();
                  assertThat(all.size()).isGreaterThanOrEqualTo(seen);
                  seen = all.size();
                }
              }));
    }
    writing.join();
    readers.forEach(CompletableFuture::join);
    assertThat(database.log().lastSequenceId()).isEqualTo(1000);
  }

  /** Only the process's death is seen here; what a power failure does needs one. */
  @Test
  void write_fsyncByInterval_keepsWhatIsWrittenAndGoesOn() {
    StoreConfig config = new StoreConfig(null, Fsync.INTERVAL, Duration.ofMillis(10), null, null);
    Path file = folder.resolve("interval.db");
    try (Database database = Database.open(file, config, StoredMessages.CLOCK, new Random(8))) {
      for (long i = 1; i <= 50; i++) {
        append(database, StoredMessages.range(i, i)).join();
      }
      assertThat(database.failure()).isEmpty();
    }
    try (Database database = Database.open(file, config, StoredMessages.CLOCK, new Random(8))) {
      assertThat(database.log().lastSequenceId()).isEqualTo(50);
    }
  }

  @Test
  void openWithoutLog_hasTablesOnly() {
    try (Database database =
        Database.openWithoutLog(
            folder.resolve("tail.db"), StoreConfig.defaults(), StoredMessages.CLOCK)) {
      assertThatThrownBy(database::log).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> append(database, StoredMessages.range(1, 1)).join())
          .hasRootCauseMessage("this database was opened without a log");
      assertThat(database.<Boolean>write(t -> t.cursors().delete("a", "b")).join()).isFalse();
    }
  }

  private static Void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }
}
