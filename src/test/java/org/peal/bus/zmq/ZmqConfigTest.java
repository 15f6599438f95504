package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ZmqConfigTest {

  @Test
  void defaults_areTheDocumentedOnes() {
    assertThat(ZmqConfig.defaults())
        .isEqualTo(new ZmqConfig(1000, 1_048_576, Duration.ofSeconds(1)));
  }

  @Test
  void config_zeroHighWaterMark_isRefused() {
    assertThatThrownBy(() -> new ZmqConfig(0, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("high-water mark must be at least 1 message: 0");
  }

  @Test
  void config_negativeLimits_areRefused() {
    assertThatThrownBy(() -> new ZmqConfig(null, 0, null))
        .hasMessage("max message must be at least 1 byte: 0");
    assertThatThrownBy(() -> new ZmqConfig(null, null, Duration.ofMillis(-1)))
        .hasMessage("linger must be between 0 and 1 hour: PT-0.001S");
  }
}
