package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefusedRowsTest {

  private final RefusedRows rows = new RefusedRows(new Random(1));

  @Test
  void add_refusedRow_isSkippedUntilThePauseIsOver() {
    rows.begin(0);
    assertThat(rows.add(7)).isTrue();
    rows.end(0);

    rows.begin(1);
    assertThat(rows.isSkipped(7)).isTrue();
    assertThat(rows.isSkipped(8)).isFalse();
    rows.begin(Duration.ofSeconds(1).toNanos());
    assertThat(rows.isSkipped(7)).isFalse();
    assertThat(rows.add(7)).isFalse();
  }

  @Test
  void end_refusedAgainAndAgain_pausesGrowToAMinute() {
    long now = 0;
    for (int i = 0; i < 20; i++) {
      rows.begin(now);
      assertThat(rows.isSkipped(7)).isFalse();
      rows.add(7);
      rows.end(now);
      now += Duration.ofMinutes(1).toNanos();
    }
    long last = now - Duration.ofMinutes(1).toNanos();
    rows.begin(last + Duration.ofSeconds(29).toNanos());
    assertThat(rows.isSkipped(7)).isTrue();
  }

  @Test
  void end_noneLeft_beginsWithTheFirstPause() {
    end_refusedAgainAndAgain_pausesGrowToAMinute();
    rows.remove(7);
    rows.end(0);
    assertThat(rows.size()).isZero();

    rows.begin(0);
    rows.add(8);
    rows.end(0);
    rows.begin(Duration.ofSeconds(1).toNanos());
    assertThat(rows.isSkipped(8)).isFalse();
  }
}
