package org.peal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.peal.bus.Delivery;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;

class OrderTest {

  private final FakeLogs logs = new FakeLogs();
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final List<Event> events = new ArrayList<>();
  private long now;
  private Order order = order(Optional.empty(), 100);

  private Order order(Optional<Instant> since, int held) {
    StreamsConfig config =
        new StreamsConfig(Duration.ofSeconds(60), Duration.ofMinutes(10), held, null);
    return new Order(
        new Order.Surroundings(logs, logs::names, work::add, () -> now, new SplittableRandom(1)),
        config,
        since,
        events::add);
  }

  private void settle() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      next.run();
    }
  }

  private void pass(Duration time) {
    for (long step = 0; step < time.toMillis(); step += 500) {
      now += 500_000_000;
      order.tick();
      settle();
    }
  }

  private void arrive(Delivery... messages) {
    for (Delivery message : messages) {
      order.accept(message);
    }
    settle();
  }

  private List<Delivery> delivered() {
    return events.stream()
        .filter(Event.Message.class::isInstance)
        .map(event -> ((Event.Message) event).delivery())
        .toList();
  }

  private List<Span> lost() {
    return events.stream()
        .filter(Event.Lost.class::isInstance)
        .map(event -> ((Event.Lost) event).span())
        .toList();
  }

  private long cursor() {
    return lastMark().position().sequenceId();
  }

  private Event.Mark lastMark() {
    Event.Mark last = null;
    for (Event event : events) {
      if (event instanceof Event.Message message && message.mark().isPresent()) {
        last = message.mark().get();
      } else if (event instanceof Event.Lost lost) {
        last = lost.mark();
      }
    }
    return last;
  }

  @Test
  void gap_isFilledFromTheLogInOrder() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(30);
    arrive(all.get(0), all.get(29), all.get(27));
    assertThat(delivered()).isEqualTo(all);
    assertThat(order.counters().lost()).isZero();
    assertThat(cursor()).isEqualTo(30);
  }

  @Test
  void gap_ofManyPages_theNextIsAskedForBeforeOneIsHandled() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(35);
    arrive(all.get(0));
    order.accept(all.get(34));
    assertThat(logs.questions).hasSize(1);
    Runnable firstPage = work.remove();
    firstPage.run();
    assertThat(logs.questions)
        .as("the second page came while the first one was handled")
        .hasSize(2)
        .doesNotHaveDuplicates();
    settle();
    assertThat(delivered()).isEqualTo(all);
    assertThat(logs.questions).as("each page once").hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void gap_holdsItsOwnPublisherOnly() {
    FakeLogs.Log away = logs.add("a");
    away.isAway = true;
    List<Delivery> all = away.publish(3);
    List<Delivery> others = logs.add("b").publish(2);
    arrive(all.get(0), all.get(2), others.get(0), others.get(1));
    assertThat(delivered()).containsExactly(all.get(0), others.get(0), others.get(1));
    away.isAway = false;
    pass(Duration.ofSeconds(10));
    assertThat(delivered()).endsWith(all.get(1), all.get(2));
  }

  @Test
  void gap_filledByALateLiveMessage_needsNoLog() {
    FakeLogs.Log log = logs.add("a");
    log.isAway = true;
    List<Delivery> all = log.publish(3);
    arrive(all.get(0), all.get(2), all.get(1));
    assertThat(delivered()).isEqualTo(all);
  }

  @Test
  void gap_thatTheLogHasNoLonger_isReportedExactly() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(50);
    log.purgedUpTo = 40;
    arrive(all.get(0), all.get(49));
    assertThat(lost()).containsExactly(new Span(2, 40));
    assertThat(delivered()).startsWith(all.get(0), all.get(40)).hasSize(11);
    assertThat(order.counters().lost()).isEqualTo(39);
  }

  @Test
  void gap_thatAnOldServerHasNoLonger_isReportedOnceItSaidSoTwice() {
    FakeLogs.Log log = logs.addStock("a");
    List<Delivery> all = log.publish(50);
    log.purgedUpTo = 50;
    arrive(all.get(0), all.get(49));
    assertThat(lost()).containsExactly(new Span(2, 49));
    assertThat(delivered()).containsExactly(all.get(0), all.get(49));
    assertThat(logs.questions).hasSize(2);
  }

  @Test
  void gap_whoseEndAnOldServerHasNoLonger_isReported() {
    FakeLogs.Log log = logs.addStock("a");
    List<Delivery> all = log.publish(6);
    arrive(all.get(0));
    log.messages.subList(3, 5).clear();
    arrive(all.get(5));
    assertThat(lost()).containsExactly(new Span(4, 5));
    assertThat(delivered()).containsExactly(all.get(0), all.get(1), all.get(2), all.get(5));
  }

  @Test
  void gap_whoseLogNeverAnswers_blocksNoLongerThanPatience() {
    FakeLogs.Log log = logs.add("a");
    log.isAway = true;
    List<Delivery> all = log.publish(5);
    arrive(all.get(0), all.get(3));
    pass(Duration.ofMinutes(9));
    assertThat(delivered()).containsExactly(all.get(0));
    pass(Duration.ofMinutes(3));
    assertThat(delivered()).containsExactly(all.get(0), all.get(3));
    assertThat(leftOpen()).containsExactly("2..3 " + Loss.UNANSWERED);
    assertThat(lost()).isEmpty();
    assertThat(order.counters().open()).isEqualTo(2);
    assertThat(cursor()).isEqualTo(4);
  }

  private List<String> leftOpen() {
    return events.stream()
        .filter(Event.LeftOpen.class::isInstance)
        .map(Event.LeftOpen.class::cast)
        .map(event -> event.span() + " " + event.reason())
        .toList();
  }

  /** Lets what is between the first and the fourth message of a log be passed over. */
  private FakeLogs.Log logWithAnOpenGap() {
    FakeLogs.Log log = logs.add("a");
    log.isAway = true;
    List<Delivery> all = log.publish(4);
    arrive(all.get(0), all.get(3));
    pass(Duration.ofMinutes(12));
    assertThat(order.counters().open()).isEqualTo(2);
    return log;
  }

  @Test
  void openGap_isFilledLateWhenTheLogAnswersAgain() {
    FakeLogs.Log log = logWithAnOpenGap();
    List<Delivery> all = log.messages;
    log.isAway = false;
    pass(Duration.ofMinutes(5));
    assertThat(delivered()).containsExactly(all.get(0), all.get(3), all.get(1), all.get(2));
    assertThat(fills()).containsExactly(2L, 3L);
    assertThat(events).contains(new Event.CameLate(lastMark(), new Span(2, 3), 2));
    assertThat(lost()).isEmpty();
    assertThat(order.counters().open()).isZero();
    assertThat(order.counters().late()).isEqualTo(2);
    assertThat(cursor()).isEqualTo(4);
  }

  private List<Long> fills() {
    return events.stream()
        .filter(Event.Message.class::isInstance)
        .flatMap(event -> ((Event.Message) event).fill().stream())
        .map(Event.Fill::sequenceId)
        .toList();
  }

  @Test
  void openGap_isLostForCertainWhenTheLogHasItNoLonger() {
    FakeLogs.Log log = logWithAnOpenGap();
    log.purgedUpTo = 2;
    log.isAway = false;
    pass(Duration.ofMinutes(5));
    assertThat(lost()).containsExactly(new Span(2, 2));
    assertThat(fills()).containsExactly(3L);
    assertThat(order.counters().lost()).isEqualTo(1);
    assertThat(order.counters().open()).isZero();
    assertThat(cursor()).isEqualTo(4);
  }

  @Test
  void openGap_isNotLostByOneAnswerThatWasDamaged() {
    FakeLogs.Log log = logWithAnOpenGap();
    log.isAway = false;
    pass(Duration.ofMinutes(1));
    events.clear();
    log.isAway = true;
    log.publish(2);
    arrive(log.messages.get(5));
    pass(Duration.ofMinutes(12));
    assertThat(leftOpen()).containsExactly("5 " + Loss.UNANSWERED);
    // The answer that wakes the questions, then the first one to the gap itself.
    log.damages.add(page -> page);
    log.damages.add(OrderTest::withoutMessages);
    log.isAway = false;
    pass(Duration.ofMinutes(5));
    assertThat(lost()).isEmpty();
    assertThat(fills()).containsExactly(5L);
  }

  private static ReplayPage withoutMessages(ReplayPage page) {
    return new ReplayPage(
        List.of(), List.of(), page.until(), true, List.of(), List.of(), page.log());
  }

  @Test
  void openGap_filledByALateLiveMessage_needsNoLog() {
    FakeLogs.Log log = logWithAnOpenGap();
    arrive(log.messages.get(2));
    assertThat(fills()).containsExactly(3L);
    assertThat(order.counters().open()).isEqualTo(1);
  }

  @Test
  void openGaps_areAskedForSeldomAndWithGrowingPauses() {
    logWithAnOpenGap();
    long before = gapQuestions();
    pass(Duration.ofHours(10));
    assertThat(gapQuestions() - before).isBetween(8L, 25L);
  }

  private long gapQuestions() {
    return logs.questions.stream().filter("a Range[first=2, last=3]"::equals).count();
  }

  @Test
  void openGaps_tooMany_giveUpTheOldest() {
    FakeLogs.Log unknown = new FakeLogs.Log("x", "f".repeat(32), false);
    for (int i = 0; i <= 2 * (OpenSpans.MOST + 1); i++) {
      Delivery message = unknown.publish();
      if (i % 2 == 0) {
        arrive(message);
        pass(Duration.ofSeconds(2));
      }
    }
    assertThat(lost()).containsExactly(new Span(2, 2));
    assertThat(order.counters().open()).isEqualTo(OpenSpans.MOST);
  }

  @Test
  void openGaps_moreAreRestoredThanThereIsRoomFor_giveUpTheOldest() {
    List<Span> open = new ArrayList<>();
    for (long id = 2; id <= 2 * (OpenSpans.MOST + 2); id += 2) {
      open.add(new Span(id, id));
    }
    order.restore(
        new Event.Mark("f".repeat(32), "x", new Position(9999, "x-9999", Optional.empty())), open);
    assertThat(order.counters().open()).isEqualTo(OpenSpans.MOST);
    pass(Duration.ofSeconds(1));
    assertThat(lost()).containsExactly(new Span(2, 2), new Span(4, 4));
    assertThat(order.counters().lost()).isEqualTo(2);
  }

  @Test
  void openGap_ofALogThatWentBack_isLost() {
    FakeLogs.Log log = logWithAnOpenGap();
    log.goBackTo(0);
    arrive(log.publish());
    assertThat(lost()).containsExactly(new Span(2, 3));
    assertThat(order.counters().open()).isZero();
  }

  @Test
  void openGap_restored_isAskedFor() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(7);
    order.restore(
        new Event.Mark(log.stream, "a", new Position(7, "a-7", Optional.of("run0"))),
        List.of(new Span(3, 4), new Span(6, 6)));
    pass(Duration.ofMinutes(2));
    assertThat(delivered()).containsExactly(all.get(2), all.get(3), all.get(5));
    assertThat(order.counters().open()).isZero();
  }

  @Test
  void gap_ofAPublisherWithoutReplayAddress_isLeftOpenAtOnce() {
    FakeLogs.Log unknown = new FakeLogs.Log("x", "f".repeat(32), false);
    List<Delivery> all = unknown.publish(3);
    arrive(all.get(0), all.get(2));
    assertThat(delivered()).containsExactly(all.get(0), all.get(2));
    assertThat(leftOpen()).containsExactly("2 " + Loss.NO_REPLAY);
  }

  /** Returns what an answer becomes when one message of it is damaged on its way. */
  private static ReplayPage damaged(ReplayPage page, long id, String how) {
    List<Replayed> good =
        page.messages().stream().filter(m -> FakeLogs.id(m.delivery()) != id).toList();
    Delivery bad =
        new Delivery(
            FakeLogs.delivery("a", TextNode.valueOf(how)).raw(),
            Optional.empty(),
            Optional.of(new Verdict.Invalid(Reason.BAD_SIGNATURE, how)));
    return new ReplayPage(
        good, List.of(bad), page.until(), page.complete(), page.gone(), page.leftOut(), page.log());
  }

  @Test
  void answer_damagedOnItsWay_isNoReasonToLoseAnything() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(9);
    log.damages.add(page -> damaged(page, 4, "one way"));
    log.damages.add(page -> damaged(page, 4, "another way"));
    arrive(all.get(0), all.get(8));
    pass(Duration.ofSeconds(10));
    assertThat(lost()).isEmpty();
    assertThat(delivered()).filteredOn(d -> !d.isInvalid()).isEqualTo(all);
  }

  @Test
  void answer_thatIsTheSameAgain_isWhatTheLogHas() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(9);
    for (int i = 0; i < 5; i++) {
      log.damages.add(page -> damaged(page, 4, "as stored"));
    }
    arrive(all.get(0), all.get(8));
    pass(Duration.ofSeconds(10));
    assertThat(events)
        .filteredOn(Event.Lost.class::isInstance)
        .extracting(event -> ((Event.Lost) event).reason())
        .containsExactly(Loss.NOT_VERIFIED);
    assertThat(lost()).containsExactly(new Span(4, 4));
    assertThat(cursor()).isEqualTo(9);
  }

  @Test
  void answer_thatClaimsOnceThatNothingIsThere_isNotBelieved() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(9);
    log.damages.add(OrderTest::withoutMessages);
    arrive(all.get(0), all.get(8));
    assertThat(lost()).isEmpty();
    assertThat(delivered()).isEqualTo(all);
  }

  @Test
  void held_tooMuch_isDroppedAndFetchedAgain() {
    order = order(Optional.empty(), 5);
    FakeLogs.Log log = logs.add("a");
    log.isAway = true;
    List<Delivery> all = log.publish(20);
    order.accept(all.get(0));
    log.isAway = false;
    all.subList(2, 20).forEach(order::accept);
    settle();
    assertThat(delivered()).isEqualTo(all);
    assertThat(order.counters().dropped()).isPositive();
    assertThat(order.counters().held()).isZero();
  }

  @Test
  void quietPublisher_isAskedOncePerIntervalAndItsTailFound() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(25);
    arrive(all.get(0));
    pass(Duration.ofSeconds(50));
    assertThat(logs.questions).isEmpty();
    pass(Duration.ofSeconds(30));
    assertThat(delivered()).isEqualTo(all);
    logs.questions.clear();
    pass(Duration.ofMinutes(5));
    assertThat(logs.questions).hasSizeBetween(4, 5).allMatch(q -> q.contains("[26]"));
  }

  @Test
  void quietOldServer_isAskedForTheNextIdAndItsTailFound() {
    FakeLogs.Log log = logs.addStock("a");
    List<Delivery> all = log.publish(25);
    arrive(all.get(0));
    pass(Duration.ofSeconds(80));
    assertThat(delivered()).isEqualTo(all);
    assertThat(logs.questions.get(0)).isEqualTo("a Ids[ids=[2]]");
    logs.questions.clear();
    pass(Duration.ofMinutes(5));
    assertThat(logs.questions).hasSizeBetween(4, 5).allMatch(q -> q.contains("[26]"));
    assertThat(lost()).isEmpty();
  }

  @Test
  void oldPublisherWithoutReplayAddress_isNotTracked() {
    FakeLogs.Log hidden = new FakeLogs.Log("gateway", "gateway", true);
    List<Delivery> all = hidden.publish(3);
    arrive(all.get(0), all.get(2), all.get(1), all.get(1));
    assertThat(delivered()).containsExactly(all.get(0), all.get(2), all.get(1), all.get(1));
  }

  @Test
  void restored_fetchesWhatWasMissedWithoutALiveMessage() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(40);
    order.restore(
        new Event.Mark(log.stream, "a", new Position(7, "a-7", Optional.of("run0"))), List.of());
    pass(Duration.ofSeconds(2));
    assertThat(delivered()).isEqualTo(all.subList(7, 40));
  }

  @Test
  void since_asksUnknownPublishersForAllThatIsYoungEnough() {
    order = order(Optional.of(Instant.ofEpochSecond(1_021)), 100);
    List<Delivery> all = logs.add("a").publish(40);
    pass(Duration.ofSeconds(2));
    assertThat(delivered()).isEqualTo(all.subList(20, 40));
  }

  @Test
  void since_liveMessagesWaitForWhatCameBefore() {
    order = order(Optional.of(Instant.EPOCH), 5);
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(40);
    all.subList(25, 40).forEach(order::accept);
    settle();
    pass(Duration.ofSeconds(5));
    assertThat(delivered()).isEqualTo(all);
  }

  @Test
  void since_newLogOfAKnownPublisher_isFetchedFromItsBeginning() {
    order = order(Optional.of(Instant.EPOCH), 100);
    List<Delivery> first = logs.add("a").publish(3);
    pass(Duration.ofSeconds(2));
    List<Delivery> second = logs.add("a", "e".repeat(32), false).publish(4);
    pass(Duration.ofMinutes(2));
    assertThat(delivered())
        .startsWith(first.toArray(new Delivery[0]))
        .endsWith(second.toArray(new Delivery[0]))
        .hasSize(7);
  }

  @Test
  void rolledBack_noticedByTheNextMessage_losesNothing() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> before = log.publish(20);
    arrive(before.toArray(new Delivery[0]));
    log.goBackTo(10);
    List<Delivery> after = log.publish(5);
    arrive(after.get(4));
    assertThat(delivered()).hasSize(25).containsAll(before).containsAll(after);
    assertThat(events).filteredOn(Event.RolledBack.class::isInstance).hasSize(1);
    assertThat(cursor()).isEqualTo(15);
    assertThat(lost()).isEmpty();
  }

  @Test
  void rolledBack_ofAQuietPublisher_isNoticedByItsLog() {
    FakeLogs.Log log = logs.add("a");
    arrive(log.publish(20).toArray(new Delivery[0]));
    log.goBackTo(10);
    List<Delivery> after = log.publish(5);
    pass(Duration.ofSeconds(80));
    assertThat(delivered()).containsAll(after);
    assertThat(cursor()).isEqualTo(15);
  }

  @Test
  void message_beyondItsLog_movesNoCursor() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(3);
    arrive(all.get(0), log.message(1_000_000, "forged"), all.get(1), all.get(2));
    pass(Duration.ofSeconds(5));
    assertThat(cursor()).isEqualTo(3);
    assertThat(delivered()).hasSize(4);
    assertThat(lost()).isEmpty();
  }

  @Test
  void message_thatWasRefused_movesNoCursor() {
    FakeLogs.Log log = logs.add("a");
    List<Delivery> all = log.publish(3);
    Delivery far = log.message(900, "far");
    Delivery refused =
        new Delivery(
            far.raw(),
            far.tree(),
            Optional.of(new Verdict.Invalid(Reason.BAD_SIGNATURE, "forged")));
    arrive(all.get(0), refused, all.get(1), all.get(2));
    assertThat(cursor()).isEqualTo(3);
    assertThat(logs.questions).isEmpty();
    assertThat(delivered()).hasSize(4);
  }

  @Test
  void randomNetworks_deliverEverythingInOrder() {
    for (int round = 0; round < 50; round++) {
      long seed = Long.getLong("peal.test.seed", System.nanoTime());
      Random random = new Random(seed);
      events.clear();
      logs.questions.clear();
      order = order(Optional.empty(), 3 + random.nextInt(30));
      FakeLogs.Log log = logs.add("p" + round, "%032x".formatted(seed), false);
      order.accept(log.publish());
      List<Delivery> all = new ArrayList<>(log.messages);
      for (int i = 0; i < 200; i++) {
        log.isAway = random.nextInt(4) == 0;
        if (random.nextInt(30) == 0) {
          log.restart();
        }
        Delivery next = log.publish();
        all.add(next);
        if (random.nextInt(3) > 0) {
          order.accept(next);
        }
        if (random.nextInt(10) == 0) {
          settle();
          now += 3_000_000_000L;
          order.tick();
        }
      }
      log.isAway = false;
      pass(Duration.ofMinutes(3));
      assertThat(delivered()).as("-Dpeal.test.seed=%d", seed).isEqualTo(all);
    }
  }

  @Test
  void since_publisherThatSaidNothingYet_isAskedAgainWhenQuiet() {
    FakeLogs.Log log = logs.add("a");
    order = order(Optional.of(Instant.EPOCH), 100);
    pass(Duration.ofSeconds(2));
    List<Delivery> missed = log.publish(2);
    pass(Duration.ofSeconds(50));
    assertThat(delivered()).isEmpty();
    pass(Duration.ofSeconds(30));
    assertThat(delivered()).isEqualTo(missed);
  }
}
