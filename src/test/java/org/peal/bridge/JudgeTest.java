package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.Threads;
import org.peal.store.Database;
import org.peal.store.StoreConfig;
import org.peal.stream.Rows;

/** What waits for the one thread that decides. */
class JudgeTest {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final int LARGE = 5 << 20;

  @TempDir Path folder;
  private final List<Rows> recorded = Collections.synchronizedList(new ArrayList<>());
  private Database database;
  private Judge judge;

  @BeforeEach
  void open() {
    database = Database.openWithoutLog(folder.resolve("t.db"), StoreConfig.defaults(), CLOCK);
    judge =
        new Judge(
            new Journal(database, CLOCK),
            new Crossed(database, CLOCK),
            new DeadLetters(folder),
            new Tally(),
            CLOCK,
            () -> {},
            () -> {});
  }

  @AfterEach
  void close() {
    judge.close();
    database.close();
  }

  private Judge.Case message(int bytes) {
    return new Judge.Case(
        BridgeVectors.delivery(new byte[] {'t'}, new byte[bytes], Optional.empty()),
        new Preparation.Skipped(Crossing.Reason.FILTERED),
        recorded::add);
  }

  @Test
  void take_moreBytesThanMayWait_waitsUntilSomeAreDecided() throws InterruptedException {
    judge.take(message(LARGE));
    Thread second = Threads.daemon("second", this::takeLarge);
    second.start();
    await().until(() -> second.getState() == Thread.State.WAITING);

    judge.start();

    second.join();
    await().until(() -> recorded.size() == 2);
  }

  private void takeLarge() {
    try {
      judge.take(message(LARGE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void take_largerThanAllThatMayWait_passesAlone() throws InterruptedException {
    judge.take(message(3 * LARGE));
    judge.start();
    judge.take(message(3 * LARGE));

    await().until(() -> recorded.size() == 2);
    assertThat(judge.failure()).isNull();
  }
}
