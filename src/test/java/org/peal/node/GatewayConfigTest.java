package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.peal.config.TestBinding;
import org.peal.endpoint.Endpoint;

class GatewayConfigTest {

  @Test
  void bind_nothing_isOnLoopback() {
    assertThat(TestBinding.defaults(GatewayConfig.class))
        .isEqualTo(new GatewayConfig(new Endpoint("127.0.0.1", 9940)));
  }

  @Test
  void bind_everyKey_isTaken() {
    assertThat(TestBinding.bind(GatewayConfig.class, "out: tcp://*:1"))
        .isEqualTo(new GatewayConfig(new Endpoint("*", 1)));
  }
}
