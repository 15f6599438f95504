package org.peal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Delivery;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.store.Cursor;
import org.peal.store.Database;
import org.peal.store.Loss;
import org.peal.store.OpenGap;
import org.peal.store.StoreConfig;

/** A durable subscriber with a real database and logs that need no network. */
class DurableSubscriberTest {

  private static final Instant BEGINNING = Instant.EPOCH;
  private static final Instant LATER = Instant.ofEpochSecond(1_000_000);

  @TempDir Path folder;
  private final FakeLogs logs = new FakeLogs();
  private final Recorder recorder = new Recorder();
  private volatile Instant now = Instant.now();

  /** Handles up to so many messages and remembers them. */
  private static final class Recorder implements Handling {
    final List<Delivery> handled = new CopyOnWriteArrayList<>();
    final List<String> announced = new CopyOnWriteArrayList<>();
    int most = Integer.MAX_VALUE;
    Result result = Result.DONE;

    @Override
    public Result handle(Delivery delivery) {
      if (handled.size() >= most) {
        return Result.ENOUGH;
      }
      handled.add(delivery);
      return result;
    }

    @Override
    public void announce(String text) {
      announced.add(text);
    }

    List<Delivery> take() {
      List<Delivery> taken = new ArrayList<>(handled);
      handled.clear();
      return taken;
    }
  }

  /** What a test does while a subscriber runs. */
  private interface Run {
    void with(DurableSubscriber subscriber, Database database);
  }

  private void run(Instant since, Run run) {
    InstantSource clock = () -> now;
    try (Database database =
            Database.openWithoutLog(folder.resolve("t.db"), StoreConfig.defaults(), clock);
        DurableSubscriber subscriber =
            new DurableSubscriber(
                database,
                new DurableSubscriber.Subscription(
                    "t", since, StreamsConfig.defaults(), DedupConfig.defaults()),
                logs,
                logs::names,
                clock,
                new SplittableRandom(1),
                recorder)) {
      run.with(subscriber, database);
      assertThat(subscriber.failure()).isNull();
    }
  }

  private void awaitHandled(int count) {
    await().until(() -> recorder.handled.size() >= count);
  }

  private long cursor() {
    Cursor only =
        Database.<List<Cursor>>inspect(folder.resolve("t.db"), s -> s.cursors().list("t")).get(0);
    return only.sequenceId();
  }

  @Test
  void restart_fillsWhatWasMissedWithoutALiveMessage() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> before = log.publish(3);
    run(
        BEGINNING,
        (subscriber, database) -> {
          before.forEach(subscriber::accept);
          subscriber.start();
          awaitHandled(3);
        });
    assertThat(recorder.take()).isEqualTo(before);
    assertThat(cursor()).isEqualTo(3);
    List<Delivery> missed = log.publish(25);
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(25);
        });
    assertThat(recorder.take()).isEqualTo(missed);
    assertThat(cursor()).isEqualTo(28);
  }

  @Test
  void firstStart_isRemembered_soThatALaterOneDoesNotBeginAnew() {
    run(BEGINNING, (subscriber, database) -> {});
    List<Delivery> published = logs.add("a").publish(4);
    run(
        LATER,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(4);
        });
    assertThat(recorder.take()).isEqualTo(published);
  }

  @Test
  void firstStart_fromNow_passesOverWhatIsOlder() {
    FakeLogs.Log log = logs.add("a");
    log.publish(4);
    Delivery live = log.publish();
    run(
        LATER,
        (subscriber, database) -> {
          subscriber.start();
          subscriber.accept(live);
          awaitHandled(1);
        });
    assertThat(recorder.take()).containsExactly(live);
  }

  @Test
  void enough_leavesWhatWasNotHandledForTheNextStart() {
    List<Delivery> all = logs.add("a").publish(9);
    recorder.most = 4;
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(4);
        });
    assertThat(recorder.take()).isEqualTo(all.subList(0, 4));
    assertThat(cursor()).isEqualTo(4);
    recorder.most = Integer.MAX_VALUE;
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(5);
        });
    assertThat(recorder.take()).isEqualTo(all.subList(4, 9));
  }

  @Test
  void message_onASecondWay_isHandledOnce_alsoAfterARestart() {
    Delivery message = logs.add("a").publish();
    Delivery elsewhere = bare(message, "gateway", "a-1");
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.accept(bare(message, "x", "a-1"));
          subscriber.accept(elsewhere);
          assertThat(recorder.handled).hasSize(1);
        });
    run(BEGINNING, (subscriber, database) -> subscriber.accept(elsewhere));
    assertThat(recorder.handled).hasSize(1);
    assertThat(recorder.announced).isEmpty();
  }

  @Test
  void handledBefore_andNowInPagesOfALog_isNotHandledAgain() {
    List<Delivery> all = logs.add("a").publish(25);
    run(
        BEGINNING,
        (subscriber, database) -> {
          for (int i = 0; i < 25; i += 2) {
            subscriber.accept(bare(all.get(i), "gateway", "a-" + (i + 1)));
          }
        });
    assertThat(recorder.take()).hasSize(13);
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(12);
          await().until(() -> outcomes(database) == 25);
        });
    assertThat(recorder.take()).doesNotContain(all.get(0), all.get(24)).hasSize(12);
    assertThat(cursor()).isEqualTo(25);
  }

  @Test
  void copies_inOnePageOfALog_areHandledOnce() {
    FakeLogs.Log log = logs.add("a");
    Delivery message = log.publish();
    log.messages.add(log.message(2, "a-1"));
    Delivery next = log.message(3, "a-3");
    log.messages.add(next);
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(2);
        });
    assertThat(recorder.handled).containsExactly(message, next);
    assertThat(cursor()).isEqualTo(3);
  }

  @Test
  void id_usedAgainForOtherContent_isHandledAndReported() {
    Delivery message = logs.add("a").publish();
    Delivery other = bare(message, "x", "something else");
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.accept(bare(message, "x", "a-1"));
          await().until(() -> outcomes(database) == 1);
          subscriber.accept(other);
        });
    assertThat(recorder.handled).hasSize(2).endsWith(other);
    assertThat(recorder.announced).singleElement().asString().contains("used again", "a-1");
  }

  @Test
  void passedOver_movesTheCursorWithoutAnOutcome() {
    logs.add("a").publish(3);
    recorder.result = Handling.Result.PASSED_OVER;
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(3);
        });
    assertThat(cursor()).isEqualTo(3);
    assertThat(
            Database.<Long>inspect(
                folder.resolve("t.db"), snapshot -> snapshot.outcomes().count("t")))
        .isZero();
  }

  @Test
  void refused_movesNoCursorAndLeavesNoOutcome() {
    FakeLogs.Log log = logs.add("a");
    Delivery forged = log.message(1, "a-1");
    Delivery refused =
        new Delivery(
            forged.raw(),
            forged.tree(),
            Optional.of(new Verdict.Invalid(Reason.BAD_SIGNATURE, "forged")));
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.accept(refused);
          assertThat(outcomes(database)).isZero();
        });
    assertThat(Database.<List<Cursor>>inspect(folder.resolve("t.db"), s -> s.cursors().list("t")))
        .isEmpty();
  }

  @Test
  void gapThatIsGone_isAnnouncedAndRecorded() {
    FakeLogs.Log log = logs.add("a");
    Delivery first = log.publish();
    log.publish(6);
    log.purgedUpTo = 5;
    run(
        LATER,
        (subscriber, database) -> {
          subscriber.start();
          subscriber.accept(first);
          awaitHandled(1);
          subscriber.accept(log.messages.get(6));
          awaitHandled(3);
        });
    assertThat(recorder.announced)
        .containsExactly("lost: sequence ids 2..5 of a: its log no longer has them");
    assertThat(losses())
        .singleElement()
        .extracting(Loss::first, Loss::last)
        .containsExactly(2L, 5L);
    assertThat(cursor()).isEqualTo(7);
  }

  @Test
  void retentionThatALogAnnouncedOnce_holdsAlsoAfterARestartWhileItIsAway() {
    FakeLogs.Log log = logs.add("a");
    log.retention = Optional.of(Duration.ofDays(100));
    Delivery message = log.publish();
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(1);
          await().until(() -> outcomes(database) == 1 && announced(database).toDays() == 100);
        });
    log.isAway = true;
    now = Instant.now().plus(Duration.ofDays(90));
    run(
        BEGINNING,
        (subscriber, database) -> {
          subscriber.start();
          subscriber.accept(bare(message, "gateway", "a-1"));
          // The first purge has run when an answer has been looked for.
          await().until(() -> subscriber.counters().questions() > 0);
          assertThat(outcomes(database)).isEqualTo(1);
        });
    assertThat(recorder.handled).hasSize(1);
  }

  private static Duration announced(Database database) {
    return database.<Duration>read(snapshot -> snapshot.subscribers().announced("t"));
  }

  @Test
  void gapThatNobodyAnswersFor_isKeptOpenOverARestart_andFilledLate() {
    FakeLogs.Log log = logs.add("a");
    FakeLogs.Log unknown = new FakeLogs.Log("a", log.stream, false);
    List<Delivery> all = unknown.publish(4);
    logs.forget("a");
    run(
        LATER,
        (subscriber, database) -> {
          subscriber.start();
          subscriber.accept(all.get(0));
          subscriber.accept(all.get(3));
          awaitHandled(2);
          assertThat(subscriber.counters().open()).isEqualTo(2);
        });
    assertThat(recorder.announced)
        .containsExactly(
            "missing, and asked for again and again: sequence ids 2..3 of a: no replay address is"
                + " known for it");
    assertThat(openGaps()).extracting(OpenGap::first, OpenGap::last).containsExactly(tuple(2L, 3L));
    assertThat(losses()).isEmpty();
    recorder.announced.clear();
    logs.add("a", log.stream, false).messages.addAll(all);
    run(
        LATER,
        (subscriber, database) -> {
          subscriber.start();
          awaitHandled(4);
          await().until(() -> subscriber.counters().open() == 0);
        });
    assertThat(recorder.take()).containsExactly(all.get(0), all.get(3), all.get(1), all.get(2));
    assertThat(recorder.announced)
        .containsExactly("late: 2 messages of a, sequence ids 2..3, after what follows them");
    assertThat(openGaps()).isEmpty();
    assertThat(losses()).isEmpty();
    assertThat(cursor()).isEqualTo(4);
  }

  private List<OpenGap> openGaps() {
    return Database.inspect(folder.resolve("t.db"), snapshot -> snapshot.openGaps().list("t"));
  }

  private List<Loss> losses() {
    return Database.inspect(folder.resolve("t.db"), snapshot -> snapshot.losses().latest(9));
  }

  private static long outcomes(Database database) {
    return database.<Long>read(snapshot -> snapshot.outcomes().count("t"));
  }

  /** Returns a copy without the place in a stream, as other programs give it. */
  private static Delivery bare(Delivery message, String way, String text) {
    ObjectNode tree = message.tree().orElseThrow().deepCopy();
    tree.remove(List.of("headers", "seq_id"));
    tree.putObject("msg").put("id", text);
    return FakeLogs.delivery(way, tree);
  }
}
