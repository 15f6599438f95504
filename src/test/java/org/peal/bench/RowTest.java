package org.peal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peal.bench.Row.Goal;
import org.peal.bench.Row.Round;

class RowTest {

  @Test
  void of_rounds_takesMediansAndTheMedianOfTheRatios() {
    Row row =
        Row.of(
            "p",
            "w",
            "/s",
            "l",
            List.of(new Round(10, 100), new Round(90, 100), new Round(30, 40)),
            Goal.atLeast(0.8));
    assertThat(row.figure()).isEqualTo(30);
    assertThat(row.limit()).isEqualTo(100);
    // Not 30 / 100: each figure belongs to the limit of its own round.
    assertThat(row.ratio()).isEqualTo(0.75);
    assertThat(row.spread()).isEqualTo(0.9 - 0.1);
  }

  @Test
  void median_evenCount_isBetweenTheMiddleOnes() {
    assertThat(Row.median(4, 1, 3, 2)).isEqualTo(2.5);
  }

  @Test
  void goal_eachDirection_isMetOnItsSide() {
    assertThat(Goal.atLeast(0.8).isMetBy(0.8)).isTrue();
    assertThat(Goal.atLeast(0.8).isMetBy(0.79)).isFalse();
    assertThat(Goal.atMost(1.5).isMetBy(1.5)).isTrue();
    assertThat(Goal.atMost(1.5).isMetBy(1.51)).isFalse();
  }
}
