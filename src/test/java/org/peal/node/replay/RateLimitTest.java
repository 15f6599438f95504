package org.peal.node.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final long SECOND = 1_000_000_000L;

  /** The clock may begin anywhere, and passes its largest number. */
  private long now = Long.MAX_VALUE - SECOND / 2;

  private long permitted(RateLimit limit, String host, int attempts) {
    return IntStream.range(0, attempts).filter(i -> limit.permits(host, now)).count();
  }

  @Test
  void shouldPermitABurstAndThenTheRate() {
    RateLimit limit = new RateLimit(10);
    assertThat(permitted(limit, "a", 100)).isEqualTo(20);
    now += SECOND;
    assertThat(permitted(limit, "a", 100)).isEqualTo(10);
    now += SECOND / 10;
    assertThat(permitted(limit, "a", 100)).isEqualTo(1);
    now += SECOND / 20;
    assertThat(permitted(limit, "a", 100)).isZero();
  }

  @Test
  void shouldNotSaveUpMoreThanABurst() {
    RateLimit limit = new RateLimit(10);
    permitted(limit, "a", 100);
    now += 3600 * SECOND;
    assertThat(permitted(limit, "a", 100)).isEqualTo(20);
  }

  @Test
  void shouldCountEachHostAlone() {
    RateLimit limit = new RateLimit(1);
    assertThat(permitted(limit, "a", 10)).isEqualTo(2);
    assertThat(permitted(limit, "b", 10)).isEqualTo(2);
    assertThat(permitted(limit, "a", 10)).isZero();
  }

  @Test
  void shouldForgetThoseThatCameLongAgoOnly() {
    RateLimit limit = new RateLimit(1);
    permitted(limit, "oldest", 10);
    permitted(limit, "busy", 10);
    for (int i = 0; i < 4095; i++) {
      limit.permits("host " + i, now);
      limit.permits("busy", now);
    }
    assertThat(permitted(limit, "busy", 1)).isZero();
    assertThat(permitted(limit, "oldest", 10)).isEqualTo(2);
  }
}
