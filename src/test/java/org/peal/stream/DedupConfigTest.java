package org.peal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.peal.config.TestBinding;

class DedupConfigTest {

  @Test
  void bind_nothing_remembersAMonth() {
    assertThat(TestBinding.defaults(DedupConfig.class))
        .isEqualTo(new DedupConfig(Duration.ofDays(30), Duration.ofDays(30)));
  }

  @Test
  void bind_everyKey_isTaken() {
    assertThat(TestBinding.bind(DedupConfig.class, "{window: 60d, assumed-retention: 10d}"))
        .isEqualTo(new DedupConfig(Duration.ofDays(60), Duration.ofDays(10)));
  }

  @Test
  void bind_tooShort_isRefused() {
    assertThatThrownBy(() -> TestBinding.bind(DedupConfig.class, "window: 1s"))
        .hasMessageContaining("window must be between 1h and 36500d");
  }

  @Test
  void windowFor_longerAnnouncement_isThat() {
    assertThat(DedupConfig.defaults().windowFor(Duration.ofDays(90)))
        .isEqualTo(Duration.ofDays(90));
    assertThat(DedupConfig.defaults().windowFor(Duration.ofDays(9))).isEqualTo(Duration.ofDays(30));
  }
}
