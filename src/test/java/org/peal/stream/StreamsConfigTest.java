package org.peal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.peal.config.TestBinding;

class StreamsConfigTest {

  @Test
  void bind_nothing_hasDefaults() {
    assertThat(TestBinding.defaults(StreamsConfig.class))
        .isEqualTo(
            new StreamsConfig(Duration.ofMinutes(1), Duration.ofMinutes(10), 10_000, 32 << 20));
  }

  @Test
  void bind_everyKey_isTaken() {
    assertThat(
            TestBinding.bind(
                StreamsConfig.class,
                "{quiet-after: 5s, patience: 2m, held-messages: 7, held-bytes: 8}"))
        .isEqualTo(new StreamsConfig(Duration.ofSeconds(5), Duration.ofMinutes(2), 7, 8));
  }

  @Test
  void bind_outOfBounds_isRefused() {
    assertThatThrownBy(() -> TestBinding.bind(StreamsConfig.class, "quiet-after: 10ms"))
        .hasMessageContaining("quiet-after must be between 1s and 366d");
    assertThatThrownBy(() -> TestBinding.bind(StreamsConfig.class, "held-messages: 0"))
        .hasMessageContaining("must be at least 1");
  }
}
