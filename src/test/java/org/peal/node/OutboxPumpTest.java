package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.store.Database;
import org.peal.store.OutboxMessage;
import org.peal.store.StoreConfig;

class OutboxPumpTest {

  @TempDir Path folder;

  private static OutboxMessage waiting(String id) {
    return new OutboxMessage(
        new MessageId(id),
        new Topic("org.example.test.said"),
        "{}",
        "{}",
        Severity.INFO,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        OutboxPump.AMQP);
  }

  private static void add(Database database, String id) {
    database.write(transaction -> transaction.outbox().add(waiting(id))).join();
  }

  @Test
  void rows_whileNothingIsAccepted_growWithWhatIsAdded() {
    Map<String, CompletableFuture<Published>> asked = new ConcurrentHashMap<>();
    try (Database database =
            Database.open(
                folder.resolve("store.db"),
                StoreConfig.defaults(),
                InstantSource.system(),
                new Random(1));
        OutboxPump pump =
            new OutboxPump(
                database,
                OutboxPump.AMQP,
                (draft, row) ->
                    asked.computeIfAbsent(
                        draft.id().orElseThrow().value(), id -> new CompletableFuture<>()))) {
      add(database, "2026-a");
      pump.start();
      await().until(() -> asked.containsKey("2026-a"));
      assertThat(pump.rows()).isEqualTo(1);
      for (String id : new String[] {"2026-b", "2026-c"}) {
        add(database, id);
        pump.added();
      }
      assertThat(pump.rows()).isEqualTo(3);
      asked.get("2026-a").complete(new Published(new MessageId("2026-a"), OptionalLong.empty()));
      await().until(() -> asked.containsKey("2026-c"));
      await().until(() -> pump.rows() == 2);
      asked.values().forEach(answer -> answer.cancel(true));
    }
  }
}
