package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

  /** Negative numbers are patient. */
  private final WorkQueue<Integer> queue = new WorkQueue<>(1000, number -> number < 0);

  @Test
  void takeAll_patientAndUrgent_givesAllInTheirOrder() {
    queue.offer(-1);
    queue.offer(-2);
    queue.offer(3);
    queue.offer(-4);
    assertThat(queue.takeAll()).containsExactly(-1, -2, 3, -4);
  }

  @Test
  void takeAll_onlyPatient_doesNotWaitForEver() {
    queue.offer(-1);
    assertThat(queue.takeAll()).containsExactly(-1);
    queue.offer(-2);
    assertThat(queue.takeAll()).containsExactly(-2);
  }

  @Test
  void takeAll_patientBeforeOthersCome_takesThemAlong() throws InterruptedException {
    Thread other = new Thread(() -> IntStream.rangeClosed(1, 500).forEach(n -> queue.offer(-n)));
    other.start();
    int taken = 0;
    int times = 0;
    while (taken < 500) {
      taken += queue.takeAll().size();
      times++;
    }
    other.join();
    assertThat(times).isLessThan(500);
  }

  @Test
  void hurry_endsThePatienceOfWhatWaits() {
    WorkQueue<Integer> slow = new WorkQueue<>(1000, number -> number < 0, Duration.ofDays(1));
    slow.offer(-1);
    slow.offer(-2);
    slow.hurry();
    assertThat(assertTimeoutPreemptively(Duration.ofMinutes(1), slow::takeAll))
        .containsExactly(-1, -2);
  }

  @Test
  void takeAll_closed_givesWhatWaits_thenNothing() {
    queue.offer(-1);
    queue.close();
    assertThat(queue.takeAll()).containsExactly(-1);
    assertThat(queue.takeAll()).isEmpty();
    assertThat(queue.offer(2)).isFalse();
  }
}
