package org.peal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Places that one thread fills and another takes. */
class SlotsTest {

  private static final int SIZE = 4;

  private final Slots<Integer> slots = new Slots<>(SIZE);

  @Test
  void add_moreThanThereArePlaces_isRefused() {
    for (int i = 0; i < SIZE; i++) {
      assertThat(slots.add(i)).isTrue();
    }
    assertThat(slots.add(SIZE)).isFalse();
    assertThat(slots.take()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void take_some_thenNothingMoreIsAdded() {
    slots.add(1);
    assertThat(slots.take()).containsExactly(1);
    assertThat(slots.add(2)).isFalse();
  }

  @Test
  void take_none_isEmptyAndNothingMoreIsAdded() {
    assertThat(slots.take()).isEmpty();
    assertThat(slots.add(1)).isFalse();
  }

  @Test
  void addAndTake_atTheSameTime_eachItemIsTakenOrRefused() throws Exception {
    for (int round = 0; round < 10_000; round++) {
      Slots<Integer> contested = new Slots<>(SIZE);
      CyclicBarrier start = new CyclicBarrier(2);
      CompletableFuture<List<Integer>> taken =
          CompletableFuture.supplyAsync(
              () -> {
                pass(start);
                return contested.take();
              });
      List<Integer> added = new ArrayList<>();
      pass(start);
      for (int i = 0; i < SIZE && contested.add(i); i++) {
        added.add(i);
      }
      assertThat(taken.get()).as("round %d", round).isEqualTo(added);
    }
  }

  private static void pass(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
