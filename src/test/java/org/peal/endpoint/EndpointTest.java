package org.peal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:4001, 127.0.0.1, 4001",
    "tcp://app01.example.org.:0, app01.example.org., 0",
    "tcp://*:65535, *, 65535",
    "tcp://[2001:db8::7]:1, 2001:db8::7, 1"
  })
  void parse_address_keepsHostAndPort(String text, String host, int port) {
    assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h:1",
        "tcp://",
        "tcp://h",
        "tcp://h:",
        "tcp://:1",
        "tcp://h:x",
        "tcp://h:-1",
        "tcp://h:+1",
        "tcp://h:65536",
        "tcp://h:123456",
        "tcp://::1:1",
        "tcp://[]:1",
        "tcp://[::1:1",
        "tcp://h h:1",
        "tcp://h/p:1",
        "udp://h:1",
        "ipc:///tmp/x",
        "tcp://h:\u0661"
      })
  void parse_anythingElse_isRefusedNamingIt(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void forConnecting_everyInterface_isThisMachine() {
    assertThat(new Endpoint("*", 5).forConnecting()).isEqualTo(new Endpoint("127.0.0.1", 5));
    assertThat(new Endpoint("h", 5).forConnecting()).isEqualTo(new Endpoint("h", 5));
  }
}
