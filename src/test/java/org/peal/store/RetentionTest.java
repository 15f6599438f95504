package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  private static final long START = 1_700_000_000L;
  private static final int FAST = 1_000_000_000;

  @TempDir Path folder;

  private static RetentionConfig retention(
      Duration age, @Nullable Long bytes, @Nullable Long messages, int chunk, int rate) {
    return new RetentionConfig(age, bytes, messages, chunk, rate);
  }

  private Database open(RetentionConfig retention, long now) {
    return Database.open(
        folder.resolve("s.db"),
        new StoreConfig(null, null, null, null, retention),
        () -> Instant.ofEpochSecond(now),
        new Random(3));
  }

  private static void append(Database database, List<StoredMessage> messages) {
    database
        .write(
            t -> {
              t.append(messages);
              return true;
            })
        .join();
  }

  private static List<Long> all(Database database) {
    return database
        .log()
        .read(new ReplayQuery.Everything(), 0, new Page.Limit(100_000, 1L << 40))
        .messages()
        .stream()
        .map(StoredMessage::sequenceId)
        .toList();
  }

  @Test
  void messages_tooMany_goFromTheBeginning() {
    try (Database database = open(retention(Duration.ZERO, null, 30L, 7, FAST), START)) {
      append(database, StoredMessages.range(1, 100));
      await().until(() -> database.log().firstSequenceId() == 71);
      assertThat(all(database)).hasSize(30).startsWith(71L).endsWith(100L);
    }
  }

  @Test
  void age_allTooOld_emptiesTheLogAndKeepsItsLastSequenceId() {
    try (Database database =
        open(retention(Duration.ofDays(1), null, null, 7, FAST), START + 10_000_000)) {
      append(database, StoredMessages.range(1, 20));
      await().until(() -> database.log().firstSequenceId() == 21);
      assertThat(database.log().lastSequenceId()).isEqualTo(20);
      assertThat(all(database)).isEmpty();
      append(database, List.of(StoredMessages.at(21, START + 10_000_000)));
      assertThat(all(database)).containsExactly(21L);
    }
    try (Database database =
        open(retention(Duration.ofDays(1), null, null, 7, FAST), START + 10_000_000)) {
      assertThat(database.log().lastSequenceId()).isEqualTo(21);
      assertThat(database.log().firstSequenceId()).isEqualTo(21);
    }
  }

  @Test
  void age_messageOfAFutureClockInFront_goesWithTheOldOnesBehindIt() {
    try (Database database =
        open(retention(Duration.ofDays(1), null, null, 3, FAST), START + 100_000)) {
      List<StoredMessage> messages = new ArrayList<>();
      for (long i = 1; i <= 10; i++) {
        messages.add(StoredMessages.at(i, START + 1_000_000_000));
      }
      messages.add(StoredMessages.at(11, START));
      messages.add(StoredMessages.at(12, START + 99_999));
      append(database, messages);
      await().until(() -> database.log().firstSequenceId() == 12);
      assertThat(all(database)).containsExactly(12L);
    }
  }

  @Test
  void bytes_anyHistory_areCountedExactly() {
    long seed = System.nanoTime();
    System.out.println("seed of the history: " + seed);
    Random random = new Random(seed);
    long last = 0;
    long oldest = 1;
    for (int round = 0; round < 4; round++) {
      long bytes = 2_000 + random.nextInt(30_000);
      RetentionConfig rules = retention(Duration.ZERO, bytes, null, 1 + random.nextInt(40), FAST);
      try (Database database = open(rules, START)) {
        int more = 1 + random.nextInt(150);
        append(database, StoredMessages.range(last + 1, last + more));
        last += more;
        List<StoredMessage> kept = new ArrayList<>();
        long weight = 0;
        for (long id = last; id >= oldest; id--) {
          weight += Extent.weight(StoredMessages.number(id).payload().length);
          if (weight > bytes) {
            break;
          }
          kept.add(0, StoredMessages.number(id));
        }
        // What an earlier round gave up stays away, however much there is room for now.
        long first = last - kept.size() + 1;
        oldest = first;
        await("seed " + seed).until(() -> database.log().firstSequenceId(), now -> now >= first);
        assertThat(all(database))
            .as("seed %d", seed)
            .isEqualTo(kept.stream().map(StoredMessage::sequenceId).toList());
      }
    }
  }

  @Test
  void pause_afterAChunk_keepsTheRate() {
    Retention slow =
        new Retention(retention(Duration.ZERO, null, 1L, 500, 100), InstantSource.system());
    assertThat(slow.pause(500)).isEqualTo(Duration.ofSeconds(5));
    assertThat(slow.pause(1)).isEqualTo(Duration.ofMillis(10));
  }

  /** With one message a minute, the second chunk would only be due long after the test. */
  @Test
  void rate_slow_deletesOneChunkWhateverElseIsWritten() {
    try (Database database = open(retention(Duration.ZERO, null, 1L, 100, 1), START)) {
      append(database, StoredMessages.range(1, 1000));
      await().until(() -> database.log().firstSequenceId() == 101);
      for (long i = 1001; i <= 2000; i++) {
        append(database, StoredMessages.range(i, i));
      }
      assertThat(database.log().firstSequenceId()).isEqualTo(101);
    }
  }
}
