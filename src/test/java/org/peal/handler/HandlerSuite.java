package org.peal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Bus;
import org.peal.bus.Draft;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.message.TopicPattern;
import org.peal.store.Database;
import org.peal.store.DeadLetter;
import org.peal.store.DecisionQuery;
import org.peal.store.Decisions;
import org.peal.store.HandledMessage;
import org.peal.store.JournalEntry;
import org.peal.store.MessageKey;
import org.peal.store.OutboxRow;
import org.peal.store.StoreConfig;

/** What handlers are promised, whichever bus their messages come by. */
abstract class HandlerSuite {

  static final String TOPIC = "org.example.test.thing.done";
  private static final Instant START = Instant.parse("2026-05-04T03:02:01Z");
  private static final String NAME = "worker";
  private static final Outcome DONE = new Outcome.Done();

  @TempDir Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private Database database;
  private final AtomicInteger runs = new AtomicInteger();
  private HandlerBus bus;
  private @Nullable HandlerRunner runner;

  /** Opens the bus. */
  abstract HandlerBus open() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    database = openDatabase();
    bus = open();
  }

  private Database openDatabase() {
    return Database.openWithoutLog(folder.resolve("h.db"), StoreConfig.defaults(), now::get);
  }

  @AfterEach
  void end() throws Exception {
    bus.detach();
    bus.close();
    database.close();
  }

  private HandlerTerms terms() {
    return new HandlerTerms(
        NAME,
        List.of(TopicPattern.parse("org.example.test.#")),
        Optional.of(Bus.ZMQ),
        false,
        Duration.ofMinutes(5),
        new RetryConfig(Duration.ofSeconds(10), Duration.ofMinutes(1), 3, null, 2),
        Duration.ofDays(30));
  }

  private void run(ScriptedHandler handler) {
    run(handler, terms());
  }

  private void run(ScriptedHandler handler, HandlerTerms terms) {
    HandlerRunner started =
        new HandlerRunner(database, terms, handler, now::get, new SplittableRandom(1), () -> {});
    runner = started;
    bus.attach(started, database, now::get);
  }

  /** Ends the handler and the store, and opens the store again. */
  private void restart() throws Exception {
    bus.detach();
    database.close();
    database = openDatabase();
  }

  private static String id(int number) {
    return "2026-00000000-0000-4000-8000-%012d".formatted(number);
  }

  private static JsonNode body(int number) {
    return JsonNodeFactory.instance.objectNode().put("n", number);
  }

  private void publish(int number) throws Exception {
    publish(id(number), TOPIC, number);
  }

  private void publish(String id, String topic, int number) throws Exception {
    bus.publish(new HandlerBus.Sent(id, topic, body(number), START.minusSeconds(1)));
  }

  private void awaitOutcome(int number, String outcome) {
    await()
        .untilAsserted(
            () ->
                assertThat(outcomes(id(number)))
                    .extracting(HandledMessage::outcome)
                    .containsExactly(outcome));
  }

  private List<HandledMessage> outcomes(String id) {
    return database.read(s -> s.outcomes().find(new MessageId(id)));
  }

  private List<DeadLetter> deadLetters() {
    return database.read(s -> s.deadLetters().next(0, 100));
  }

  private List<OutboxRow> outbox() {
    return database.read(s -> s.outbox().first("zmq", 100));
  }

  private long waiting() {
    return database.<Long>read(s -> s.journal().size(NAME));
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @Test
  void shouldHandOverWhatWasPublishedInOrder() throws Exception {
    ScriptedHandler handler = new ScriptedHandler((message, context) -> DONE);
    run(handler);
    for (int i = 1; i <= 20; i++) {
      publish(i);
    }
    awaitOutcome(20, "done");
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      expected.add(id(i));
    }
    assertThat(handler.ids()).isEqualTo(expected);
    Message first = handler.calls.get(0).message();
    assertThat(first.topic()).isEqualTo(new Topic(TOPIC));
    assertThat(first.body()).isEqualTo(body(1));
    assertThat(first.sentAt()).contains(START.minusSeconds(1));
    assertThat(handler.calls.get(0).attempt()).isEqualTo(1);
    assertThat(handler.calls.get(0).isRedelivered()).isFalse();
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldHandleCopiesOnce() throws Exception {
    ScriptedHandler handler = new ScriptedHandler((message, context) -> DONE);
    run(handler);
    publish(1);
    publish(1);
    publish(id(1).substring(5), TOPIC, 1);
    publish(2);
    awaitOutcome(2, "done");
    assertThat(handler.ids()).containsExactly(id(1), id(2));
  }

  @Test
  void shouldLeaveOtherTopicsAlone() throws Exception {
    ScriptedHandler handler = new ScriptedHandler((message, context) -> DONE);
    run(handler);
    publish(id(1), "org.example.other.thing", 1);
    publish(2);
    awaitOutcome(2, "done");
    assertThat(handler.ids()).containsExactly(id(2));
    assertThat(outcomes(id(1))).isEmpty();
  }

  @Test
  void shouldTryAgainLaterWhileOtherMessagesGoOn() throws Exception {
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> {
              if (message.id().value().equals(id(1)) && context.attempt() < 3) {
                context.explain("attempt " + context.attempt());
                context.publish(Draft.of(new Topic("org.example.test.told"), body(9)));
                context.state().put("tried", "yes");
                throw new IllegalStateException("the other side is away");
              }
              assertThat(context.state().get("tried")).isEmpty();
              return DONE;
            });
    run(handler);
    publish(1);
    publish(2);
    awaitOutcome(2, "done");
    assertThat(waiting()).isEqualTo(1);
    assertThat(database.<List<JournalEntry>>read(s -> s.journal().find(new MessageId(id(1)))))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.why()).contains("the other side is away");
              assertThat(entry.lines()).containsExactly("attempt 1");
            });
    await().until(() -> passUntilAttempt(handler, 2));
    await().until(() -> passUntilAttempt(handler, 3));
    awaitOutcome(1, "done");
    assertThat(handler.calls.get(handler.calls.size() - 1).isRedelivered()).isTrue();
    assertThat(outbox()).isEmpty();
    assertThat(waiting()).isZero();
  }

  private boolean passUntilAttempt(ScriptedHandler handler, int attempt) {
    pass(Duration.ofSeconds(10));
    return handler.calls.stream().anyMatch(call -> call.attempt() == attempt);
  }

  /** The terms allow three attempts and seven days. */
  @Test
  void shouldWaitForWhatIsAwayWithoutALimitOfTriesOrOfTime() throws Exception {
    int waits = 20;
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> {
              if (message.id().value().equals(id(2))) {
                return DONE;
              }
              return runs.incrementAndGet() <= waits
                  ? new Outcome.Wait(Duration.ofHours(1), "the hub is down")
                  : context.attempt() < 3 ? new Outcome.Retry(Duration.ZERO, "locked") : DONE;
            });
    run(handler);
    publish(1);
    publish(2);
    awaitOutcome(2, "done");
    for (int wait = 1; wait <= waits; wait++) {
      int before = wait;
      await().until(() -> runs.get() >= before);
      pass(Duration.ofHours(10));
      await().until(() -> passUntil(() -> runs.get() > before));
    }
    // The other message, what waited, and the first one after that; a second one may be there.
    assertThat(handler.calls.stream().limit(waits + 2))
        .extracting(ScriptedHandler.Call::attempt)
        .containsOnly(1);
    await().until(() -> passUntilAttempt(handler, 3));
    awaitOutcome(1, "done");
    assertThat(deadLetters()).isEmpty();
    assertThat(waiting()).isZero();
  }

  private boolean passUntil(Supplier<Boolean> condition) {
    pass(Duration.ofSeconds(10));
    return condition.get();
  }

  /** What waits is not due before its pause is over, which is never longer than the longest. */
  @Test
  void shouldWaitNoLongerThanTheLongestPause() throws Exception {
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> new Outcome.Wait(Duration.ofHours(1), "the hub is down"));
    run(handler);
    publish(1);
    await().until(() -> !due(Duration.ofMinutes(1)).isEmpty());
    assertThat(due(Duration.ofSeconds(59))).isEmpty();
    assertThat(due(Duration.ofMinutes(1)).get(0).why()).isEqualTo("the hub is down");
  }

  private List<JournalEntry> due(Duration in) {
    return database.read(s -> s.journal().due(NAME, now.get().plus(in), 10)).stream()
        .filter(entry -> !entry.why().isEmpty())
        .toList();
  }

  @Test
  void shouldPutAsideWhatWasTriedTooOften() throws Exception {
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> new Outcome.Retry(Duration.ofSeconds(1), "still away"));
    run(handler);
    publish(1);
    await().until(() -> passUntilAttempt(handler, 3));
    awaitOutcome(1, "failed");
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.FAILED);
              assertThat(letter.reason()).contains("tried 3 times", "still away");
              assertThat(letter.attempts()).isEqualTo(3);
              assertThat(MessageJson.read(letter.message()))
                  .isEqualTo(handler.calls.get(0).message());
            });
    assertThat(waiting()).isZero();
  }

  /** The terms let two messages wait. */
  @Test
  void shouldTakeNoMoreWhileTooManyWait_andThenAllInOrder() throws Exception {
    AtomicBoolean isAway = new AtomicBoolean(true);
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> {
              if (!isAway.get()) {
                return DONE;
              }
              return message.id().value().equals(id(2))
                  ? new Outcome.Retry(Duration.ZERO, "still away")
                  : new Outcome.Wait(Duration.ofHours(1), "still away");
            });
    run(handler);
    for (int i = 1; i <= 5; i++) {
      publish(i);
    }
    await().until(() -> runner.troubles().stream().anyMatch(text -> text.contains("2 messages")));
    assertThat(handler.ids()).containsExactly(id(1), id(2));
    isAway.set(false);
    await().until(() -> passUntil(() -> handler.ids().contains(id(5))));
    awaitOutcome(5, "done");
    assertThat(handler.ids())
        .filteredOn(id -> !id.equals(id(1)) && !id.equals(id(2)))
        .containsExactly(id(3), id(4), id(5));
    await().until(() -> passUntil(() -> waiting() == 0));
    assertThat(deadLetters()).isEmpty();
    assertThat(runner.troubles()).isEmpty();
  }

  @Test
  void shouldTakeAfterARestartWhatHadNoRoom() throws Exception {
    ScriptedHandler away =
        new ScriptedHandler(
            (message, context) -> new Outcome.Wait(Duration.ofHours(1), "still away"));
    run(away);
    for (int i = 1; i <= 3; i++) {
      publish(i);
    }
    await().until(() -> runner.troubles().stream().anyMatch(text -> text.contains("2 messages")));
    restart();
    ScriptedHandler handler = new ScriptedHandler((message, context) -> DONE);
    run(handler);
    publish(3); // as the publisher's log, or the broker, gives it again
    await().until(() -> passUntil(() -> handler.ids().contains(id(3))));
    awaitOutcome(3, "done");
    assertThat(away.ids()).containsExactly(id(1), id(2));
    assertThat(handler.ids()).doesNotHaveDuplicates().contains(id(1), id(2), id(3));
  }

  @Test
  void shouldPutAsideWhatIsDropped() throws Exception {
    ScriptedHandler handler =
        new ScriptedHandler((message, context) -> new Outcome.Drop("no such package"));
    run(handler);
    publish(1);
    awaitOutcome(1, "dropped");
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.DROPPED);
              assertThat(letter.reason()).isEqualTo("no such package");
            });
  }

  @Test
  void shouldCommitWhatIsPublishedAndRememberedWithTheOutcome() throws Exception {
    List<String> seen = new ArrayList<>();
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> {
              int count = context.state().get("count").map(Integer::parseInt).orElse(0) + 1;
              context.state().put("count", Integer.toString(count));
              seen.add(context.state().get("count").orElse(""));
              context.publish(Draft.of(new Topic("org.example.test.a"), body(count)));
              context.publish(Draft.of(new Topic("org.example.test.b"), body(count)));
              context.explain("counted");
              return DONE;
            });
    run(handler);
    publish(1);
    publish(2);
    awaitOutcome(2, "done");
    assertThat(seen).containsExactly("1", "2");
    assertThat(outcomes(id(1)).get(0).lines()).containsExactly("counted");
    List<OutboxRow> rows = outbox();
    assertThat(rows)
        .extracting(row -> row.message().topic().value())
        .containsExactly(
            "org.example.test.a", "org.example.test.b", "org.example.test.a", "org.example.test.b");
    assertThat(rows).extracting(row -> row.message().id()).doesNotHaveDuplicates();
    assertThat(rows).allSatisfy(row -> assertThat(row.message().handler()).contains(NAME));
  }

  @Test
  void shouldPublishUnderTheSameIdsWhenAMessageIsHandedOverAgain() throws Exception {
    List<MessageId> ids = new ArrayList<>();
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> {
              ids.add(context.publish(Draft.of(new Topic("org.example.test.a"), body(1))));
              return context.attempt() == 1 ? new Outcome.Retry(Duration.ZERO, "not sure") : DONE;
            });
    run(handler);
    publish(1);
    await().until(() -> passUntilAttempt(handler, 2));
    awaitOutcome(1, "done");
    assertThat(ids).hasSize(2);
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(ids.get(0).value()).startsWith("2026-");
    assertThat(outbox())
        .singleElement()
        .satisfies(row -> assertThat(row.message().id()).isEqualTo(ids.get(0)));
  }

  @Test
  void shouldHandOverAgainWhatWasInHandWhenTheProcessEnded() throws Exception {
    CountDownLatch inHand = new CountDownLatch(1);
    ScriptedHandler first =
        new ScriptedHandler(
            (message, context) -> {
              inHand.countDown();
              new CountDownLatch(1).await();
              return DONE;
            });
    run(first);
    publish(1);
    inHand.await();
    restart();
    ScriptedHandler second = new ScriptedHandler((message, context) -> DONE);
    run(second);
    awaitOutcome(1, "done");
    assertThat(second.calls)
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.isRedelivered()).isTrue();
              assertThat(call.attempt()).isEqualTo(2);
              assertThat(call.message()).isEqualTo(first.calls.get(0).message());
            });
  }

  @Test
  void shouldPutAsideWhatCannotBeReadAgain() throws Exception {
    MessageKey key = new MessageKey(NAME, new MessageId(id(7)), "hash", Optional.empty());
    database.write(t -> t.journal().add(key, "{\"body\":1}", 1, START)).join();
    run(new ScriptedHandler((message, context) -> DONE));
    awaitOutcome(7, "failed");
    assertThat(deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).contains("cannot be read again"));
    publish(1);
    awaitOutcome(1, "done");
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldReportAndHandleAnotherMessageUnderTheSameId() throws Exception {
    ScriptedHandler handler = new ScriptedHandler((message, context) -> DONE);
    run(handler);
    publish(id(1), TOPIC, 1);
    publish(id(1), TOPIC, 2);
    publish(2);
    awaitOutcome(2, "done");
    assertThat(handler.ids()).containsExactly(id(1), id(1), id(2));
    assertThat(outcomes(id(1))).hasSize(2);
    assertThat(runner.status().counts()).containsEntry("conflict", 1L);
  }

  @Test
  void shouldActOnceOnTwoMessagesWithOneKeyOfTheHandler() throws Exception {
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> DONE,
            message -> Optional.of("n" + message.body().path("n").asInt() / 10));
    run(handler);
    publish(10);
    publish(11);
    publish(20);
    awaitOutcome(20, "done");
    assertThat(handler.ids()).containsExactly(id(10), id(20));
    assertThat(outcomes(id(11)))
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.outcome()).isEqualTo("ignored");
              assertThat(outcome.why()).contains(id(10));
            });
  }

  @Test
  void shouldPutAsideForReviewWhatIsOlderThanOutcomesAreKept() throws Exception {
    ScriptedHandler handler = new ScriptedHandler((message, context) -> DONE);
    run(handler);
    bus.publish(new HandlerBus.Sent(id(1), TOPIC, body(1), START.minus(Duration.ofDays(31))));
    publish(2);
    awaitOutcome(2, "done");
    assertThat(handler.ids()).containsExactly(id(2));
    assertThat(deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.REVIEW));
  }

  @Test
  void shouldReportAndInterruptAHandlerThatTakesTooLong() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> {
              if (context.attempt() == 1) {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  interrupted.countDown();
                  mayEnd.await();
                  throw e;
                }
              }
              return DONE;
            });
    HandlerTerms usual = terms();
    run(
        handler,
        new HandlerTerms(
            usual.name(),
            usual.topics(),
            usual.publishOn(),
            false,
            Duration.ofMillis(50),
            usual.retry(),
            usual.window()));
    publish(1);
    interrupted.await();
    assertThat(runner.status().stuckSince()).isPresent();
    mayEnd.countDown();
    await().until(() -> passUntilAttempt(handler, 2));
    awaitOutcome(1, "done");
    assertThat(runner.status().stuckSince()).isEmpty();
  }

  @Test
  void shouldChangeNothingInADryRun() throws Exception {
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> {
              assertThat(context.isDryRun()).isTrue();
              context.state().put("k", "v");
              context.publish(Draft.of(new Topic("org.example.test.a"), body(1)));
              return DONE;
            });
    HandlerTerms usual = terms();
    run(
        handler,
        new HandlerTerms(
            usual.name(),
            usual.topics(),
            usual.publishOn(),
            true,
            usual.deadline(),
            usual.retry(),
            usual.window()));
    publish(1);
    awaitOutcome(1, "done");
    assertThat(outbox()).isEmpty();
    assertThat(database.<Optional<String>>read(s -> s.memory().get(NAME, "k"))).isEmpty();
    assertThat(outcomes(id(1)).get(0).lines())
        .containsExactly("dry run, not published: org.example.test.a");
  }

  @Test
  void shouldHandNothingMoreOverAfterAHalt() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ScriptedHandler handler =
        new ScriptedHandler(
            (message, context) -> {
              calls.incrementAndGet();
              return new Outcome.Halt(42, "the rules are gone", true);
            });
    run(handler);
    publish(1);
    await().until(() -> runner.status().halted().isPresent());
    publish(2);
    assertThat(runner.status().halted().orElseThrow().exitCode()).isEqualTo(42);
    await().until(() -> waiting() == 1);
    restart();
    ScriptedHandler second = new ScriptedHandler((message, context) -> DONE);
    run(second);
    awaitOutcome(1, "done");
    assertThat(calls).hasValue(1);
    assertThat(second.calls.get(0).isRedelivered()).isTrue();
  }

  @Test
  void record_decision_isCommittedWithTheOutcomeOnly() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    run(
        new ScriptedHandler(
            (message, context) -> {
              int call = calls.incrementAndGet();
              context.record("{\"call\":" + call + "}", Map.of("tag", Set.of("f29")));
              return call == 1 ? new Outcome.Retry(Duration.ZERO, "not yet") : DONE;
            }));
    publish(1);
    await().until(() -> calls.get() == 1);
    assertThat(decisions()).isEmpty();
    now.set(START.plusSeconds(60));
    await().untilAsserted(() -> assertThat(decisions()).containsExactly("{\"call\":2}"));
  }

  private List<String> decisions() {
    DecisionQuery query =
        new DecisionQuery(
            Optional.of(NAME), Map.of("tag", "f29"), Optional.empty(), Long.MAX_VALUE, 10);
    return database.<List<Decisions.Row>>read(s -> s.decisions().find(query)).stream()
        .map(row -> row.decision().json())
        .toList();
  }
}
