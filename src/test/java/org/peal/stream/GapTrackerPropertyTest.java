package org.peal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Publishers that start anew and go back, networks that lose, double and reorder, against a model
 * that knows what was published.
 */
class GapTrackerPropertyTest {

  private static final int ROUNDS = 30;
  private static final int MESSAGES = 200;

  /** A publisher with its log, which may be set back; what it published is never forgotten. */
  private static final class Publisher {
    private final Random random;
    private final boolean tells;
    private final List<Place> log = new ArrayList<>();
    private final List<Place> published = new ArrayList<>();
    private int epoch;
    private int made;
    private Place.Run run;

    Publisher(Random random, boolean tells) {
      this.random = random;
      this.tells = tells;
      this.run = new Place.Run("run0", 1);
    }

    void publish() {
      made++;
      Place next =
          new Place(log.size() + 1, "message" + made, tells ? Optional.of(run) : Optional.empty());
      log.add(next);
      published.add(next);
    }

    void restart() {
      made++;
      run = new Place.Run("run" + made, log.size() + 1);
    }

    void rollBack() {
      int left = random.nextInt(log.size() + 1);
      log.subList(left, log.size()).clear();
      epoch++;
      restart();
    }
  }

  /** Follows one tracker as the stage does, holding what is behind a gap. */
  private static final class Follower {
    final GapTracker tracker = new GapTracker();
    final TreeMap<Long, Place> held = new TreeMap<>();
    final Set<Place> delivered = new HashSet<>();
    final Set<Place> inOrder = new LinkedHashSet<>();
    int rolledBack;

    void offer(Place place) {
      Step step = tracker.accept(place);
      switch (step.kind()) {
        case FIRST, NEXT, RESTARTED -> {
          inOrder.add(place);
          assertThat(delivered.add(place)).as("not handed over twice: %s", place).isTrue();
        }
        // May come twice; whoever takes it remembers message ids.
        case LATE -> delivered.add(place);
        case DUPLICATE -> assertThat(delivered).contains(place);
        case GAP -> hold(place, (Step.Gap) step);
        case ROLLED_BACK -> {
          rolledBack++;
          offer(place);
        }
      }
    }

    private void hold(Place place, Step.Gap gap) {
      long due = tracker.position().orElseThrow().sequenceId() + 1;
      assertThat(gap.missing()).isEqualTo(new Span(due, place.sequenceId() - 1));
      Place before = held.put(place.sequenceId(), place);
      if (before != null && !before.equals(place)) {
        delivered.add(before);
      }
    }

    void releaseHeld() {
      List<Place> waiting = new ArrayList<>(held.values());
      held.clear();
      waiting.forEach(this::offer);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyOrder_ofAHonestLog_isDeliveredWholeAndInOrder(boolean tells) {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = Long.getLong("peal.test.seed", System.nanoTime());
      Random random = new Random(seed);
      Publisher publisher = new Publisher(random, tells);
      for (int i = 0; i < MESSAGES; i++) {
        if (i > 0 && random.nextInt(20) == 0) {
          publisher.restart();
        }
        publisher.publish();
      }
      Follower follower = new Follower();
      follower.offer(publisher.log.get(0));
      network(random, publisher.published).forEach(follower::offer);
      while (!follower.held.isEmpty()) {
        fillOrGiveUp(random, publisher, follower);
      }
      String told = "-Dpeal.test.seed=" + seed;
      assertThat(follower.rolledBack).as(told).isZero();
      assertThat(follower.inOrder.stream().map(Place::sequenceId)).as(told).isSorted();
      network(random, publisher.published).forEach(follower::offer);
      publisher.published.stream()
          .filter(place -> place.sequenceId() <= cursor(follower))
          .forEach(follower::offer);
      // Late ones were given up before, so now everything up to the cursor has been handed over.
      assertThat(follower.delivered)
          .as(told)
          .containsAll(
              publisher.published.stream()
                  .filter(place -> place.sequenceId() <= cursor(follower))
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void logThatGoesBack_isNoticedAndNothingIsLost(boolean tells) {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = Long.getLong("peal.test.seed", System.nanoTime());
      Random random = new Random(seed);
      Publisher publisher = new Publisher(random, tells);
      Follower follower = new Follower();
      publisher.publish();
      follower.offer(publisher.log.get(0));
      for (int i = 0; i < MESSAGES; i++) {
        happenings(random, publisher);
        List<Place> arrived = burst(random, publisher);
        arrived.forEach(follower::offer);
        while (!follower.held.isEmpty()) {
          refill(publisher, follower);
        }
        assertThat(follower.delivered).as("-Dpeal.test.seed=%d", seed).containsAll(arrived);
        if (tells) {
          // Without runs a log that went back twice before it was heard again looks merely late.
          assertThat(cursor(follower)).as("seed=%d", seed).isEqualTo(publisher.log.size());
        }
      }
      if (tells) {
        assertThat(follower.delivered).as("-Dpeal.test.seed=%d", seed).containsAll(publisher.log);
        assertThat(follower.rolledBack).as("seed=%d", seed).isLessThanOrEqualTo(publisher.epoch);
      }
    }
  }

  private static void happenings(Random random, Publisher publisher) {
    if (random.nextInt(40) == 0) {
      publisher.rollBack();
    } else if (random.nextInt(20) == 0) {
      publisher.restart();
    }
  }

  /** Publishes a few and returns what arrives of them: always the last, for no later one tells. */
  private static List<Place> burst(Random random, Publisher publisher) {
    int from = publisher.published.size();
    for (int n = random.nextInt(5); n >= 0; n--) {
      publisher.publish();
    }
    List<Place> sent = publisher.published.subList(from, publisher.published.size());
    Place last = sent.get(sent.size() - 1);
    return sent.stream().filter(place -> place == last || random.nextInt(5) > 0).toList();
  }

  private static long cursor(Follower follower) {
    return follower.tracker.position().orElseThrow().sequenceId();
  }

  /** What a network makes of messages: some lost, some double, all out of order a little. */
  private static List<Place> network(Random random, List<Place> sent) {
    List<Place> arriving = new ArrayList<>();
    for (Place place : sent) {
      for (int copies = random.nextInt(4) - 1; copies >= 0; copies--) {
        arriving.add(place);
      }
    }
    for (int i = 0; i + 6 < arriving.size(); i += 3) {
      Collections.shuffle(arriving.subList(i, i + 6), random);
    }
    return arriving;
  }

  private static void fillOrGiveUp(Random random, Publisher publisher, Follower follower) {
    Step step = follower.tracker.accept(follower.held.firstEntry().getValue());
    if (step instanceof Step.Gap gap) {
      int from = (int) gap.missing().first() - 1;
      int to = (int) gap.missing().last();
      if (random.nextBoolean()) {
        List.copyOf(publisher.log.subList(from, to)).forEach(follower::offer);
      } else {
        follower.tracker.skip(gap.missing().last());
      }
      follower.releaseHeld();
      return;
    }
    Place released = follower.held.pollFirstEntry().getValue();
    if (step.kind() != Step.Kind.DUPLICATE) {
      follower.delivered.add(released);
      follower.inOrder.add(released);
    }
  }

  private static void refill(Publisher publisher, Follower follower) {
    long due = cursor(follower) + 1;
    long last = follower.held.lastKey();
    for (long id = due; id <= Math.min(last, publisher.log.size()); id++) {
      follower.offer(publisher.log.get((int) id - 1));
    }
    if (last > publisher.log.size()) {
      // The log ends before what is held: those were from before it went back.
      follower.held.tailMap((long) publisher.log.size(), false).clear();
    }
    follower.releaseHeld();
  }
}
