package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriggerQueueTest {

  private static final Duration QUIET = Duration.ofSeconds(10);

  private static Match match(String text) {
    return new Match(text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A moment on a clock that, like the real one, may be about to overflow. */
  private static long at(double seconds) {
    return Long.MAX_VALUE - Duration.ofSeconds(5).toNanos() + (long) (seconds * 1e9);
  }

  private static List<String> due(TriggerQueue queue, double seconds) {
    List<String> due = new ArrayList<>();
    for (Optional<Match> match = queue.poll(at(seconds));
        match.isPresent();
        match = queue.poll(at(seconds))) {
      due.add(new String(match.get().json(), StandardCharsets.UTF_8));
    }
    return due;
  }

  @Test
  void poll_withoutWaiting_isDueAtOnceInOrder() {
    TriggerQueue queue = new TriggerQueue(Duration.ZERO, 0, 10);
    assertThat(queue.untilDue(at(0))).isEmpty();
    queue.offer(match("a"), at(0));
    queue.offer(match("b"), at(0));
    assertThat(queue.untilDue(at(0))).contains(Duration.ZERO);
    assertThat(due(queue, 0)).containsExactly("a", "b");
    assertThat(queue.untilDue(at(0))).isEmpty();
  }

  @Test
  void poll_newMatch_restartsTheTimerForAll() {
    TriggerQueue queue = new TriggerQueue(QUIET, 0, 10);
    queue.offer(match("a"), at(0));
    assertThat(queue.untilDue(at(3))).contains(Duration.ofSeconds(7));
    queue.offer(match("b"), at(9));
    assertThat(due(queue, 11)).isEmpty();
    assertThat(queue.untilDue(at(11))).contains(Duration.ofSeconds(8));
    assertThat(due(queue, 19)).containsExactly("a", "b");
  }

  @Test
  void poll_moreThanAllowedToBeHeld_areDueAtOnce() {
    TriggerQueue queue = new TriggerQueue(QUIET, 2, 10);
    queue.offer(match("a"), at(0));
    queue.offer(match("b"), at(0));
    assertThat(due(queue, 0)).isEmpty();
    queue.offer(match("c"), at(0));
    assertThat(due(queue, 0)).containsExactly("a", "b", "c");
    queue.offer(match("d"), at(0));
    assertThat(due(queue, 0)).isEmpty();
  }

  @Test
  void offer_beyondTheBound_isDroppedAndCounted() {
    TriggerQueue queue = new TriggerQueue(Duration.ZERO, 0, 2);
    assertThat(queue.offer(match("a"), at(0))).isTrue();
    assertThat(queue.offer(match("b"), at(0))).isTrue();
    assertThat(queue.offer(match("c"), at(0))).isFalse();
    assertThat(queue.dropped()).isEqualTo(1);
    assertThat(queue.size()).isEqualTo(2);
    assertThat(due(queue, 0)).containsExactly("a", "b");
    assertThat(queue.offer(match("d"), at(0))).isTrue();
  }

  @Test
  void offer_busThatIsNeverQuiet_becomesDueBeforeAnythingIsDropped() {
    TriggerQueue queue = new TriggerQueue(QUIET, 0, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(queue.offer(match("m" + i), at(i))).isTrue();
    }
    assertThat(due(queue, 2)).containsExactly("m0", "m1", "m2");
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void offer_manyBytes_isBoundedToo() {
    TriggerQueue queue = new TriggerQueue(QUIET, 0, 1000);
    Match large = new Match(new byte[20 << 20], Map.of());
    for (int i = 0; i < 3; i++) {
      assertThat(queue.offer(large, at(0))).isTrue();
    }
    assertThat(queue.offer(large, at(0))).isFalse();
    assertThat(due(queue, 0)).as("the rest makes room").hasSize(3);
    assertThat(queue.offer(large, at(0))).isTrue();
  }
}
