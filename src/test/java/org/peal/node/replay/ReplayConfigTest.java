package org.peal.node.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;

class ReplayConfigTest {

  @Test
  void shouldListenOnLoopbackByDefault() {
    assertThat(ReplayConfig.defaults())
        .isEqualTo(new ReplayConfig(null, null, null, null, null, null, null, null))
        .extracting(ReplayConfig::in)
        .isEqualTo(new Endpoint("127.0.0.1", 4002));
  }

  @Test
  void shouldRefuseLimitsOfNothing() {
    assertThatThrownBy(() -> new ReplayConfig(null, 0, null, null, null, null, null, null))
        .hasMessage("max messages must be at least 1: 0");
  }
}
