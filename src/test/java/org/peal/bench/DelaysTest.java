package org.peal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class DelaysTest {

  @Test
  void summary_firstFifth_doesNotCount() {
    Delays delays = new Delays(125);
    for (int i = 0; i < 25; i++) {
      delays.add(1_000_000);
    }
    for (int i = 100; i > 0; i--) {
      delays.add(i);
    }
    JsonNode summary = delays.summary();
    assertThat(summary.path("count").intValue()).isEqualTo(125);
    assertThat(summary.path("p50").longValue()).isEqualTo(51);
    assertThat(summary.path("p99").longValue()).isEqualTo(100);
  }

  @Test
  void summary_nothing_isZero() {
    assertThat(new Delays(0).summary().path("p99").longValue()).isZero();
  }
}
