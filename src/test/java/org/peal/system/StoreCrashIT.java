package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.store.Cursor;
import org.peal.store.Database;
import org.peal.store.MessageStore;
import org.peal.store.Page;
import org.peal.store.ReplayQuery;
import org.peal.store.StoreConfig;
import org.peal.store.StoredMessage;
import org.peal.testing.ExternalProcess;

/** A store whose process is killed at any moment. */
class StoreCrashIT {

  private static final int KILLS = 12;
  private static final Page.Limit LIMIT = new Page.Limit(2000, 8 << 20);

  @TempDir Path folder;

  private Process writer(Path file, long seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreWriter.class.getName(),
            file.toString(),
            Long.toString(seed))
        .directory(ExternalProcess.checkout().toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Returns the last sequence id that was acknowledged before it died. */
  private long killAfter(Process process, int acknowledgements, long before) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String first = lines.readLine();
      assertThat(first).startsWith("from ");
      assertThat(Long.parseLong(first.substring(5))).isGreaterThanOrEqualTo(before);
      long last = before;
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("ack ") && line.length() > 4) {
          last = Math.max(last, Long.parseLong(line.substring(4)));
        }
        if (++count == acknowledgements) {
          // The process's own method would close the stream that still holds acknowledgements.
          process.toHandle().destroyForcibly();
        }
      }
      return last;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldHoldAllThatWasAcknowledgedAfterEveryKill() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed of the kills: " + seed);
    Random random = new Random(seed);
    Path file = folder.resolve("s.db");
    long acknowledged = 0;
    String stream = null;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged =
          killAfter(writer(file, random.nextLong()), 1 + random.nextInt(400), acknowledged);
      try (Database database =
          Database.open(file, StoreConfig.defaults(), StoreWriter.CLOCK, random)) {
        String now = database.log().stream().value();
        assertThat(now).as("seed %d", seed).isEqualTo(stream == null ? now : stream);
        stream = now;
        assertWhole(database, acknowledged, seed);
      }
    }
  }

  private static void assertWhole(Database database, long acknowledged, long seed) {
    MessageStore log = database.log();
    assertThat(log.lastSequenceId()).as("seed %d", seed).isGreaterThanOrEqualTo(acknowledged);
    // What a batch wrote with its messages is there for exactly those.
    Cursor cursor =
        database.<Cursor>read(s -> s.cursors().find(StoreWriter.NAME, "s").orElseThrow());
    assertThat(cursor.sequenceId()).as("seed %d", seed).isEqualTo(log.lastSequenceId());
    long after = 0;
    for (Page page = log.read(new ReplayQuery.Everything(), after, LIMIT);
        !page.messages().isEmpty();
        page = log.read(new ReplayQuery.Everything(), after, LIMIT)) {
      for (StoredMessage message : page.messages()) {
        StoredMessage expected = StoreWriter.message(++after);
        assertThat(message.sequenceId()).as("seed %d", seed).isEqualTo(after);
        assertThat(message.id()).isEqualTo(expected.id());
        assertThat(Arrays.equals(message.payload(), expected.payload())).isTrue();
      }
    }
    assertThat(after).as("seed %d", seed).isEqualTo(log.lastSequenceId());
  }
}
