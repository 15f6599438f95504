package org.peal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long MILLI = 1_000_000;

  @Test
  void next_doublesUpToTheLongestAndStartsAnewAfterReset() {
    RandomGenerator none = () -> 0;
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(300), none);

    assertThat(backoff.next()).isEqualTo(100 * MILLI);
    assertThat(backoff.next()).isEqualTo(200 * MILLI);
    assertThat(backoff.next()).isEqualTo(300 * MILLI);
    assertThat(backoff.next()).isEqualTo(300 * MILLI);
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(100 * MILLI);
  }

  @Test
  void next_isNeverLessThanHalf() {
    Backoff backoff =
        new Backoff(
            Duration.ofMillis(100), Duration.ofMillis(100), RandomGenerator.of("L64X128MixRandom"));
    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.next()).isBetween(50 * MILLI, 100 * MILLI);
    }
  }
}
