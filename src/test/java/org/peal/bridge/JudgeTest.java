package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
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
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.store.Database;
import org.peal.store.StoreConfig;
import org.peal.stream.Rows;

/** What waits for the one thread that decides. */
class JudgeTest {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final int LARGE = 5 << 20;

  @TempDir Path folder;
  private final List<Rows> recorded = Collections.synchronizedList(new ArrayList<>());
  private final Tally tally = new Tally();
  private Database database;
  private Crossed crossed;
  private DeadLetters deadLetters;
  private Judge judge;

  @BeforeEach
  void open() {
    database = Database.openWithoutLog(folder.resolve("t.db"), StoreConfig.defaults(), CLOCK);
    crossed = new Crossed(database, CLOCK);
    deadLetters = new DeadLetters(folder);
    judge =
        new Judge(
            new Journal(database, CLOCK), crossed, deadLetters, tally, CLOCK, () -> {}, () -> {});
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

  private Judge.Case numbered(int number) {
    AmqpMessage message = Crossings.numbered(number);
    Preparation preparation =
        new Preparation(delivery -> new Crossing.Passed<>(message), crossed, CLOCK);
    byte[] payload = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    Delivery delivery = BridgeVectors.delivery(new byte[] {'t'}, payload, Optional.empty());
    return new Judge.Case(delivery, preparation.of(delivery), recorded::add);
  }

  @Test
  void take_sameIdInOneBatch_letsTheFirstPassAndBuriesWhatSaysSomethingElse()
      throws InterruptedException {
    judge.take(numbered(1));
    judge.take(numbered(1));
    judge.take(numbered(2));
    judge.start();

    await().until(() -> recorded.size() == 3);
    assertThat(recorded.get(0)).isNotSameAs(Rows.NONE);
    assertThat(recorded.subList(1, 3)).containsOnly(Rows.NONE);
    assertThat(tally.duplicates.sum()).isEqualTo(1);
    assertThat(deadLetters.list())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).contains("another message with its id");
              assertThat(letter.raw(CLOCK.instant()).orElseThrow().payload())
                  .asString(StandardCharsets.UTF_8)
                  .isEqualTo("{\"n\":2}");
            });
  }
}
