package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.store.Database;
import org.peal.store.OutboxMessage;
import org.peal.store.StoreConfig;

class OutboxPumpTest {

  @TempDir Path folder;

  private final List<String> tried = new CopyOnWriteArrayList<>();
  private final List<String> published = new CopyOnWriteArrayList<>();
  private Database database;

  @BeforeEach
  void openStore() {
    database =
        Database.open(
            folder.resolve("store.db"),
            StoreConfig.defaults(),
            InstantSource.system(),
            new Random(1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void refusedRow_stays_isCountedAndNotTriedWithEachNewOne() {
    add("bad");
    try (OutboxPump pump =
        pump(id -> id.equals("bad") ? Optional.of(Kind.FORBIDDEN) : Optional.empty())) {
      pump.start();
      await("bad is refused").until(() -> pump.refused() == 1);
      for (int i = 0; i < 20; i++) {
        String id = "good" + i;
        add(id);
        pump.added();
        await(id).until(() -> published.contains(id));
      }
      await("only bad is left").until(() -> rowsStored() == 1);
      assertThat(pump.refused()).isOne();
      assertThat(pump.failures()).isPositive();
      assertThat(pump.failed().name()).isEqualTo("messaging_tx_failed");
    }
    assertThat(published).hasSize(20).doesNotContain("bad");
    assertThat(tried.stream().filter("bad"::equals)).hasSizeLessThan(20);
  }

  @Test
  void rowThatHasToWait_keepsBackThePagesBehindIt() {
    for (int i = 0; i < 250; i++) {
      add("m" + i);
    }
    AtomicBoolean isFirst = new AtomicBoolean(true);
    try (OutboxPump pump =
        pump(
            id ->
                id.equals("m0") && isFirst.getAndSet(false)
                    ? Optional.of(Kind.TIMED_OUT)
                    : Optional.empty())) {
      pump.start();
      await("all are published")
          .until(
              () -> {
                pump.wake();
                return rowsStored() == 0;
              });
      assertThat(pump.refused()).isZero();
      await("none waits").until(() -> pump.rows() == 0);
    }
    assertThat(published).hasSize(250);
    assertThat(published.indexOf("m0")).isLessThan(published.indexOf("m100"));
  }

  private interface Broker {
    Optional<Kind> refuses(String id);
  }

  private OutboxPump pump(Broker broker) {
    return new OutboxPump(database, OutboxPump.AMQP, (draft, row) -> answer(broker, draft));
  }

  private CompletionStage<Published> answer(Broker broker, Draft draft) {
    MessageId id = draft.id().orElseThrow();
    tried.add(id.value());
    Optional<Kind> refusal = broker.refuses(id.value());
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(
          new PublishException(refusal.get(), "refused by the test", null));
    }
    published.add(id.value());
    return CompletableFuture.completedFuture(new Published(id, OptionalLong.empty()));
  }

  private long rowsStored() {
    return database.read(snapshot -> snapshot.outbox().size(OutboxPump.AMQP));
  }

  private void add(String id) {
    OutboxMessage message =
        new OutboxMessage(
            new MessageId(id),
            new Topic("org.example.topic"),
            "{}",
            "{}",
            Severity.INFO,
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            OutboxPump.AMQP);
    database.write(transaction -> transaction.outbox().add(message)).join();
  }
}
