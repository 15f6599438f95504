package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.peal.config.TestBinding;

class ZmqConfigTest {

  @Test
  void bind_nothing_isFinite() {
    assertThat(TestBinding.defaults(ZmqConfig.class))
        .isEqualTo(new ZmqConfig(1000, 1048576, Duration.ofSeconds(1)));
  }

  @Test
  void bind_everyKey_isTaken() {
    assertThat(
            TestBinding.bind(ZmqConfig.class, "{high-water-mark: 5, max-message: 6, linger: 7ms}"))
        .isEqualTo(new ZmqConfig(5, 6, Duration.ofMillis(7)));
  }

  @Test
  void bind_noLimit_isRefused() {
    assertThatThrownBy(() -> TestBinding.bind(ZmqConfig.class, "high-water-mark: 0"))
        .hasMessageContaining("high-water-mark must be at least 1: 0");
  }
}
