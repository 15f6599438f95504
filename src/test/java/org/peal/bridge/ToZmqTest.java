package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.store.Acquaintance;
import org.peal.store.Database;
import org.peal.store.StoreConfig;
import org.peal.stream.Rows;

/** What waits together on its way to ZeroMQ: it is handed over before the store knows of any. */
class ToZmqTest {

  @TempDir Path folder;
  private final Tally tally = new Tally();
  private final Node node = new Node();
  private final AtomicInteger settled = new AtomicInteger();
  private Database database;
  private Crossed crossed;
  private DeadLetters deadLetters;
  private ToZmq toZmq;

  /** The node's own publisher, which answers when the test says so. */
  private final class Node implements ZmqOutlet {
    private final CompletableFuture<Boolean> mayAnswer = new CompletableFuture<>();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refusals = new AtomicInteger();

    @Override
    public CompletionStage<Published> publish(Draft draft, Rows rows) {
      bodies.add(draft.body().toString());
      if (refusals.getAndDecrement() > 0) {
        return CompletableFuture.failedFuture(
            new PublishException(PublishException.Kind.FULL, "too many", null));
      }
      return mayAnswer.thenCompose(
          yes ->
              database.write(
                  transaction -> {
                    rows.write(transaction);
                    return new Published(draft.id().orElseThrow(), OptionalLong.empty());
                  }));
    }

    @Override
    public void sendAgain(MessageId id) {}

    @Override
    public void send(String topic, byte[] payload) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ObjectNode sign(ObjectNode envelope) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void open() {
    database =
        Database.openWithoutLog(folder.resolve("t.db"), StoreConfig.defaults(), Crossings.NOW);
    crossed = new Crossed(database, Crossings.NOW);
    deadLetters = new DeadLetters(folder);
    toZmq =
        new ToZmq(
            Crossings.toZmq("b1", false)::convert,
            node,
            database,
            crossed,
            deadLetters,
            tally,
            new ServiceTable(folder),
            Crossings.NOW);
  }

  @AfterEach
  void close() {
    node.mayAnswer.complete(true);
    toZmq.close();
    database.close();
  }

  private void offer(int number, boolean isAgain) {
    toZmq.offer(Crossings.numbered(number), "amq.topic", isAgain, settled::incrementAndGet);
  }

  @Test
  void offer_otherContentUnderTheSameId_becomesADeadLetter() {
    offer(1, false);
    offer(2, false);
    toZmq.start();

    await().until(() -> !deadLetters.list().isEmpty());
    assertThat(settled).as("neither is in the log yet").hasValue(0);
    node.mayAnswer.complete(true);

    await().until(() -> settled.get() == 2);
    assertThat(node.bodies).containsExactly("{\"n\":1}");
    assertThat(deadLetters.list())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).contains("another message with its id");
              assertThat(letter.tree().path("body").path("n").intValue()).isEqualTo(2);
            });
    assertThat(tally.bridged.sum()).isEqualTo(1);
  }

  @Test
  void offer_copy_crossesOnceThoughTheFirstIsTriedAgain() {
    node.refusals.set(1);
    offer(1, false);
    offer(1, false);
    toZmq.start();
    await().until(() -> node.bodies.size() == 2);
    node.mayAnswer.complete(true);

    await().until(() -> settled.get() == 2);
    assertThat(node.bodies).hasSize(2);
    assertThat(tally.duplicates.sum()).isEqualTo(1);
    assertThat(tally.bridged.sum()).isEqualTo(1);
    assertThat(deadLetters.list()).isEmpty();
  }

  @Test
  void offer_again_crossesOnceMoreAndStaysKnown() {
    node.mayAnswer.complete(true);
    offer(1, false);
    offer(1, true);
    toZmq.start();

    await().until(() -> settled.get() == 2);
    assertThat(node.bodies).hasSize(2);
    assertThat(
            crossed.check(
                crossed.record(
                    Direction.TO_ZMQ, Crossings.ID, Crossings.TOPIC, Crossings.numbered(1).body())))
        .isInstanceOf(Acquaintance.Same.class);
  }
}
