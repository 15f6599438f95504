package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peal.config.TestBinding;
import org.peal.endpoint.Endpoint;

class RelayConfigTest {

  @Test
  void bind_nothing_isOnLoopback() {
    assertThat(TestBinding.defaults(RelayConfig.class))
        .isEqualTo(
            new RelayConfig(
                List.of(new Endpoint("127.0.0.1", 2001)),
                List.of(new Endpoint("127.0.0.1", 4001))));
  }

  @Test
  void bind_everyKey_isTaken() {
    assertThat(
            TestBinding.bind(
                RelayConfig.class, "{in: 'tcp://*:2003', out: ['tcp://[::1]:1', 'tcp://h:2']}"))
        .isEqualTo(
            new RelayConfig(
                List.of(new Endpoint("*", 2003)),
                List.of(new Endpoint("::1", 1), new Endpoint("h", 2))));
  }

  @Test
  void bind_noAddress_isRefused() {
    assertThatThrownBy(() -> TestBinding.bind(RelayConfig.class, "in: []"))
        .hasMessageContaining("at least one address");
  }

  @Test
  void bind_badAddress_isRefused() {
    assertThatThrownBy(() -> TestBinding.bind(RelayConfig.class, "out: [localhost:4001]"))
        .hasMessageContaining("out: address must look like tcp://host:port: \"localhost:4001\"");
  }
}
