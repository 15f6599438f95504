package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.PealException.Category;

/** Full and damaged files. */
class DamageTest {

  private static final Page.Limit ALL = new Page.Limit(100_000, 1L << 40);
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("s.db");
  }

  private Database open(StoreConfig config) {
    return Database.open(file(), config, StoredMessages.CLOCK, new Random(5));
  }

  private static void append(Database database, long first, long last) {
    database
        .write(
            t -> {
              t.append(StoredMessages.range(first, last));
              return true;
            })
        .join();
  }

  private void filled(int messages) {
    try (Database database = open(StoreConfig.defaults())) {
      append(database, 1, messages);
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private void assertFatal(String text) {
    assertThatThrownBy(() -> open(StoreConfig.defaults()).close())
        .hasMessageContaining(text)
        .hasMessageContaining("s.db")
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.category()).isEqualTo(Category.FATAL));
  }

  private static StoreConfig small(RetentionConfig retention) {
    return new StoreConfig(null, null, null, 2 * MEBIBYTE, retention);
  }

  private static StoreException appendUntilRefused(Database database) {
    for (long next = database.log().lastSequenceId() + 1; next < 100_000; next += 50) {
      try {
        append(database, next, next + 49);
      } catch (CompletionException e) {
        return (StoreException) e.getCause();
      }
    }
    throw new AssertionError("never full");
  }

  @Test
  void append_fullDisk_isRefusedWholeAndNothingAcknowledgedIsLost() {
    try (Database database = open(small(RetentionConfig.defaults()))) {
      StoreException full = appendUntilRefused(database);
      assertThat(full).hasMessageContaining("is full");
      assertThat(full.category()).isEqualTo(Category.TRANSIENT);
      assertThat(database.failure()).isEmpty();
      long last = database.log().lastSequenceId();
      assertThat(last).isGreaterThan(100).isEqualTo(last / 50 * 50);
      assertThat(database.log().read(new ReplayQuery.Everything(), 0, ALL).messages())
          .hasSize((int) last);
    }
    try (Database database = open(StoreConfig.defaults())) {
      long last = database.log().lastSequenceId();
      append(database, last + 1, last + 50);
      assertThat(database.log().lastSequenceId()).isEqualTo(last + 50);
    }
  }

  @Test
  void append_fullDiskAndThenRoom_goesOn() {
    try (Database database = open(small(RetentionConfig.defaults()))) {
      appendUntilRefused(database);
    }
    RetentionConfig few = new RetentionConfig(Duration.ZERO, null, 100L, 1000, 1_000_000);
    try (Database database = open(small(few))) {
      long last = database.log().lastSequenceId();
      await().until(() -> database.log().firstSequenceId() == last - 99);
      append(database, last + 1, last + 50);
      assertThat(database.log().lastSequenceId()).isEqualTo(last + 50);
    }
  }

  @Test
  void open_anotherKindOfFile_isRefused() throws IOException {
    Files.writeString(
        file(), "this is not a database, but long enough to be taken for one".repeat(99));
    assertFatal("is damaged");
  }

  @Test
  void open_databaseOfAnotherProgram_isRefusedUntouched() throws SQLException {
    change("CREATE TABLE theirs (x)");
    assertFatal("another program");
  }

  @Test
  void open_laterVersion_isRefused() throws SQLException {
    filled(1);
    change("PRAGMA user_version = 999");
    assertFatal("later Peal");
  }

  @Test
  void open_pageOverwritten_isRefused() throws IOException {
    filled(500);
    try (RandomAccessFile pages = new RandomAccessFile(file().toString(), "rw")) {
      byte[] garbage = new byte[8192];
      new Random(1).nextBytes(garbage);
      for (long page = pages.length() / 8192 / 2; page < pages.length() / 8192 - 1; page++) {
        pages.seek(page * 8192);
        pages.write(garbage);
      }
    }
    assertFatal("is damaged");
  }

  @Test
  void open_messageMissingInTheMiddle_isRefused() throws SQLException {
    filled(20);
    change("DELETE FROM message WHERE seq_id = 7");
    assertFatal("should hold sequence ids 1 to 20, but holds 19 messages");
  }

  @Test
  void open_streamMissing_isRefused() throws SQLException {
    filled(20);
    change("DELETE FROM log");
    assertFatal("no stream id");
  }
}
