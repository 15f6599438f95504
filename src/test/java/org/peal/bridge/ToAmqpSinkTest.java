package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Delivery;
import org.peal.store.Database;
import org.peal.store.StoreConfig;
import org.peal.stream.Event;
import org.peal.stream.Rows;

/** What comes from ZeroMQ on its way into the journal. */
class ToAmqpSinkTest {

  private static final String A = "6f1d0d4e-1f1e-4c9e-9b5d-00000000000a";
  private static final String B = "6f1d0d4e-1f1e-4c9e-9b5d-00000000000b";
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path folder;
  private final Tally tally = new Tally();
  private final List<Rows> recorded = Collections.synchronizedList(new ArrayList<>());
  private Database database;
  private Journal journal;
  private DeadLetters deadLetters;
  private ToAmqpSink sink;

  @BeforeEach
  void open() {
    database = Database.openWithoutLog(folder.resolve("t.db"), StoreConfig.defaults(), CLOCK);
    journal = new Journal(database, CLOCK);
    deadLetters = new DeadLetters(folder);
    sink = sink(1_000_000);
  }

  private ToAmqpSink sink(long most) {
    Crossed crossed = new Crossed(database, CLOCK);
    Preparation preparation =
        new Preparation(Crossings.toAmqp("b1", false)::convert, crossed, CLOCK);
    return new ToAmqpSink(
        preparation,
        journal,
        most,
        crossed,
        deadLetters,
        tally,
        CLOCK,
        new ServiceTable(folder),
        () -> {});
  }

  @AfterEach
  void close() {
    sink.close();
    database.close();
  }

  private static Delivery delivery(String id, int number) {
    ObjectNode envelope = Crossings.envelope();
    envelope.put("msg_id", id);
    envelope.putObject("msg").put("n", number);
    return BridgeVectors.delivery(Crossings.TOPIC, envelope, Crossings.none());
  }

  private boolean take(String id, int number) {
    return sink.take(
        new Event.Message(delivery(id, number), Optional.empty(), Optional.empty(), false),
        recorded::add);
  }

  private List<String> journalled() {
    recorded.forEach(journal::write);
    return database.read(snapshot -> snapshot.outbox().next(Journal.BUS, 0, 10_000)).stream()
        .map(row -> row.message().body())
        .toList();
  }

  @Test
  void take_manyMessages_areRecordedInTheirOrder() {
    int count = 2000;
    for (int number = 0; number < count; number++) {
      assertThat(take("2026-" + number, number)).isTrue();
    }
    sink.settle();

    assertThat(recorded).hasSize(count);
    assertThat(journalled())
        .isEqualTo(IntStream.range(0, count).mapToObj(n -> "{\"n\": " + n + "}").toList());
    assertThat(tally.received.sum()).isEqualTo(count);
  }

  @Test
  void take_copiesBeforeTheFirstCommit_crossOnceAndAnotherContentNever() {
    take("2026-" + A, 1);
    take("2025-" + A, 1);
    take("2026-" + A, 2);
    sink.settle();

    assertThat(journalled()).containsExactly("{\"n\": 1}");
    assertThat(tally.duplicates.sum()).isEqualTo(1);
    assertThat(deadLetters.list())
        .singleElement()
        .extracting(DeadLetter::reason)
        .asString()
        .contains("another message with its id");
  }

  @Test
  void take_copyAfterTheCommit_isKnownToTheStore() {
    take("2026-" + A, 1);
    sink.settle();
    journalled();
    recorded.clear();
    sink.close();
    sink = sink(1_000_000);

    take("2026-" + A, 1);
    sink.settle();

    assertThat(tally.duplicates.sum()).isEqualTo(1);
    assertThat(recorded).containsExactly(Rows.NONE);
  }

  @Test
  void settle_waitsForARecorderThatIsHeldUp() {
    CountDownLatch held = new CountDownLatch(1);
    sink.take(
        new Event.Message(delivery("2026-" + A, 1), Optional.empty(), Optional.empty(), false),
        rows -> {
          awaitUninterrupted(held);
          recorded.add(rows);
        });
    CompletableFuture<Integer> settled =
        CompletableFuture.supplyAsync(
            () -> {
              sink.settle();
              return recorded.size();
            });
    assertThat(settled).isNotDone();

    held.countDown();

    assertThat(settled.join()).isEqualTo(1);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    await().until(() -> latch.getCount() == 0);
  }

  @Test
  void take_fullJournal_waitsUntilClosed() {
    take("2026-" + A, 1);
    sink.settle();
    journalled();
    ToAmqpSink full = sink(1);
    CompletableFuture<Boolean> taken =
        CompletableFuture.supplyAsync(
            () ->
                full.take(
                    new Event.Message(
                        delivery("2026-" + B, 2), Optional.empty(), Optional.empty(), false),
                    recorded::add));
    assertThat(taken).isNotDone();

    full.close();

    assertThat(taken.join()).isFalse();
  }

  @Test
  void takeAgain_whatHasCrossed_crossesOnceMore() {
    take("2026-" + A, 1);
    sink.settle();
    journalled();
    journal.remove(List.of(new Journal.Range(0, Long.MAX_VALUE))).join();

    sink.takeAgain(delivery("2026-" + A, 1));

    assertThat(journal.size()).isEqualTo(1);
  }
}
