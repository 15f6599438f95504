package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.EncodedMessage;
import org.peal.message.MessageId;
import org.peal.store.Database;
import org.peal.store.StoreConfig;

/** The journal on its way to a broker that answers when the test says so. */
class JournalPumpTest {

  private static final int WINDOW = 4;
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path folder;
  private final AtomicBoolean isLeading = new AtomicBoolean(true);
  private final ByHand broker = new ByHand();
  private final Tally tally = new Tally();
  private Database database;
  private Crossed crossed;
  private Journal journal;
  private DeadLetters deadLetters;
  private JournalPump pump;

  /** A broker that keeps what it is given until the test answers. */
  private static final class ByHand implements JournalPump.Outlet {
    private final List<String> bodies = new ArrayList<>();
    private final List<CompletableFuture<Published>> answers = new ArrayList<>();
    private boolean isEager;

    @Override
    public synchronized CompletionStage<Published> publish(EncodedMessage message) {
      bodies.add(new String(message.body(), java.nio.charset.StandardCharsets.US_ASCII));
      CompletableFuture<Published> answer = new CompletableFuture<>();
      answers.add(answer);
      if (isEager) {
        answer.complete(published());
      }
      return answer;
    }

    private static Published published() {
      return new Published(new MessageId("2026-x"), OptionalLong.empty());
    }

    @Override
    public boolean refusesAll() {
      return false;
    }

    synchronized List<String> got() {
      return List.copyOf(bodies);
    }

    void awaitGot(int count) {
      await().until(() -> got().size() >= count);
    }

    private synchronized CompletableFuture<Published> answer(int number) {
      return answers.get(number);
    }

    void confirm(int number) {
      answer(number).complete(published());
    }

    void fail(int number, PublishException.Kind kind) {
      answer(number).completeExceptionally(new PublishException(kind, "no", null));
    }

    synchronized void answerAllAtOnce() {
      isEager = true;
    }
  }

  @BeforeEach
  void open() {
    database = Database.openWithoutLog(folder.resolve("t.db"), StoreConfig.defaults(), CLOCK);
    crossed = new Crossed(database, CLOCK);
    journal = new Journal(database, CLOCK);
    deadLetters = new DeadLetters(folder);
    pump =
        new JournalPump(
            journal, WINDOW, broker, "zmq.topic", isLeading::get, deadLetters, tally, CLOCK);
  }

  @AfterEach
  void close() {
    broker.answerAllAtOnce();
    for (int i = 0; i < broker.got().size(); i++) {
      broker.confirm(i);
    }
    pump.close();
    database.close();
  }

  private static String id(int number) {
    return "2026-" + number;
  }

  private static String body(int number) {
    return "{\"n\": " + number + "}";
  }

  private Prepared message(int number) {
    AmqpMessage message =
        new AmqpMessage(
            "org.example.dev.app",
            Optional.of(id(number)),
            BridgeVectors.headers(),
            BridgeVectors.headers().put("n", number),
            Optional.empty(),
            Optional.empty());
    return new Preparation(delivery -> new Crossing.Passed<>(message), crossed, CLOCK).of(message);
  }

  private void add(int first, int count) {
    IntStream.range(first, first + count)
        .forEach(number -> journal.write(journal.addition(message(number), pump::wake)));
  }

  private List<String> bodies(int... numbers) {
    return IntStream.of(numbers).mapToObj(JournalPumpTest::body).toList();
  }

  private List<String> inStore() {
    return database.read(snapshot -> snapshot.outbox().next(Journal.BUS, 0, 100_000)).stream()
        .map(row -> row.message().body())
        .toList();
  }

  @Test
  void publish_aheadOfConfirmations_upToTheWindowAndNoFurther() {
    pump.start();
    add(0, 10);

    broker.awaitGot(WINDOW);
    broker.confirm(0);
    broker.awaitGot(WINDOW + 1);

    assertThat(broker.got()).isEqualTo(bodies(0, 1, 2, 3, 4));
    await().until(() -> inStore().size() == 9);
    assertThat(journal.size()).isEqualTo(9);
    assertThat(tally.bridged.sum()).isEqualTo(1);
  }

  @Test
  void confirmation_outOfOrder_isStruckWithThoseBeforeIt() {
    add(0, 3);
    pump.start();
    broker.awaitGot(3);

    broker.confirm(2);
    broker.confirm(1);
    broker.confirm(0);

    await().until(() -> inStore().isEmpty());
    assertThat(journal.size()).isZero();
  }

  @Test
  void close_withoutAConfirmation_leavesTheEntryForTheNextStart() {
    add(0, 3);
    pump.start();
    broker.awaitGot(3);
    broker.confirm(0);
    await().until(() -> inStore().size() == 2);

    Journal next = new Journal(database, CLOCK);
    JournalReader reader = new JournalReader(next);

    assertThat(next.size()).isEqualTo(2);
    assertThat(reader.next())
        .isNotNull()
        .extracting(e -> new String(e.message().body()))
        .isEqualTo(body(1));
    assertThat(reader.next())
        .isNotNull()
        .extracting(e -> new String(e.message().body()))
        .isEqualTo(body(2));
    assertThat(reader.next()).isNull();
  }

  @Test
  void failure_letsNothingNewPassAndIsTriedAgainFirst() {
    pump.start();
    add(0, 10);
    broker.awaitGot(WINDOW);

    broker.fail(1, PublishException.Kind.TIMED_OUT);
    broker.confirm(0);
    broker.confirm(2);
    assertThat(broker.got()).as("before the last answer").hasSize(WINDOW);
    broker.confirm(3);

    broker.awaitGot(2 * WINDOW);
    assertThat(broker.got()).isEqualTo(bodies(0, 1, 2, 3, 1, 4, 5, 6));
  }

  @Test
  void failure_ofAMessageThatIsToBlame_becomesADeadLetter() {
    pump.start();
    add(0, 3);
    broker.awaitGot(3);
    broker.confirm(0);
    broker.fail(1, PublishException.Kind.FORBIDDEN);
    broker.confirm(2);

    await().until(() -> inStore().isEmpty());
    assertThat(deadLetters.list())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.text("id")).isEqualTo(id(1));
              assertThat(letter.tree().path("body").toString()).contains("1");
            });
    assertThat(broker.got()).hasSize(3);
  }

  @Test
  void standby_publishesOnlyOnceItLeads_andNotWhatOthersHavePublished() {
    isLeading.set(false);
    pump.start();
    add(0, 5);
    for (int struck : new int[] {0, 3}) {
      journal.publishedElsewhere(new MessageId(id(struck)), message(struck).crossed()).join();
    }
    assertThat(broker.got()).isEmpty();

    isLeading.set(true);

    broker.awaitGot(3);
    assertThat(broker.got()).isEqualTo(bodies(1, 2, 4));
  }

  @Test
  void publishedElsewhere_whileLeading_isNotPublishedFromMemory() {
    pump.start();
    add(0, WINDOW + 2);
    broker.awaitGot(WINDOW);
    journal.publishedElsewhere(new MessageId(id(WINDOW)), message(WINDOW).crossed()).join();

    IntStream.range(0, WINDOW).forEach(broker::confirm);

    broker.awaitGot(WINDOW + 1);
    assertThat(broker.got()).isEqualTo(bodies(0, 1, 2, 3, WINDOW + 1));
  }

  @Test
  void manyEntries_moreThanMemoryHolds_goOnceAndInOrder() {
    int count = 3000;
    broker.answerAllAtOnce();
    isLeading.set(false);
    pump.start();
    addAtOnce(0, count);
    isLeading.set(true);
    addAtOnce(count, count);

    broker.awaitGot(2 * count);
    await().until(() -> inStore().isEmpty());
    assertThat(broker.got())
        .isEqualTo(IntStream.range(0, 2 * count).mapToObj(JournalPumpTest::body).toList());
    assertThat(journal.size()).isZero();
  }

  private void addAtOnce(int first, int count) {
    List<CompletableFuture<?>> done = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      org.peal.stream.Rows rows = journal.addition(message(number), pump::wake);
      done.add(
          database
              .write(
                  transaction -> {
                    rows.write(transaction);
                    return true;
                  })
              .thenAccept(written -> rows.committed()));
    }
    CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).join();
  }
}
