package org.peal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.store.Contention;
import org.peal.store.Database;
import org.peal.store.OutboxMessage;
import org.peal.store.OutboxRow;
import org.peal.store.PostgresConfig;
import org.peal.store.SharedDatabase;
import org.peal.store.SharedStore;
import org.peal.store.StateStore;
import org.peal.store.StoreConfig;
import org.peal.testing.Postgres;

/** What a handler with a lease publishes comes into the outbox of its node, in order. */
class OutboxCarrierIT {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int COUNT = 250;

  @TempDir Path folder;

  private static OutboxMessage message(String handler, int number) {
    return new OutboxMessage(
        new MessageId(handler + "-" + number),
        new Topic("org.example.dev.x.y"),
        "{}",
        "{}",
        Severity.INFO,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Optional.of(handler),
        "zmq");
  }

  private static void publish(StateStore store, String handler, int count) {
    store
        .write(
            t -> {
              IntStream.range(0, count).forEach(i -> t.outbox().add(message(handler, i)));
              return true;
            })
        .join();
  }

  @Test
  void rowsOfTheHandler_severalPages_areMovedAndTheOthersStay() {
    PostgresConfig config =
        new PostgresConfig(Postgres.shared().newDatabase(), Optional.empty(), Optional.empty());
    try (SharedDatabase shared = new SharedDatabase(config, LONG);
        Database own =
            Database.openWithoutLog(
                folder.resolve("own.db"), StoreConfig.defaults(), InstantSource.system());
        SharedStore store =
            shared.open(((Contention.Taken) shared.contend("a", "node", LONG)).fence())) {
      publish(store, "b", 1);
      publish(store, "a", COUNT);
      // One came here before a sudden death, and was not yet removed there.
      publish(own, "a", 1);
      AtomicInteger told = new AtomicInteger();
      try (OutboxCarrier carrier = new OutboxCarrier("a", store, own, told::incrementAndGet)) {
        carrier.start();
        await()
            .until(() -> store.<List<OutboxRow>>read(s -> s.outbox().ofHandler("a", 1)).isEmpty());
      }
      assertThat(told.get()).isPositive();
      assertThat(
              own.<List<OutboxRow>>read(s -> s.outbox().first("zmq", COUNT + 10)).stream()
                  .map(row -> row.message().id().value()))
          .containsExactlyElementsOf(IntStream.range(0, COUNT).mapToObj(i -> "a-" + i).toList());
      assertThat(store.<Long>read(s -> s.outbox().size("zmq"))).isEqualTo(1);
    }
  }
}
