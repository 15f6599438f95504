package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmqpUrlTest {

  @Test
  void parse_fedorasOwn_keepsTheEmptyPassword() {
    AmqpUrl url = AmqpUrl.parse("amqps://fedora:@rabbitmq.fedoraproject.org/%2Fpublic_pubsub");

    assertThat(url)
        .isEqualTo(
            new AmqpUrl(
                true,
                "rabbitmq.fedoraproject.org",
                5671,
                "fedora",
                "",
                "/public_pubsub",
                Map.of()));
  }

  @Test
  void parse_defaultOfThePythonProgram_isTheLocalBroker() {
    AmqpUrl url = AmqpUrl.parse("amqp://?connection_attempts=3&retry_delay=5");

    assertThat(url.host()).isEqualTo("localhost");
    assertThat(url.port()).isEqualTo(5672);
    assertThat(url.user()).isEqualTo("guest");
    assertThat(url.virtualHost()).isEqualTo("/");
    assertThat(url.query()).containsEntry("retry_delay", "5");
  }

  @ParameterizedTest
  @CsvSource({
    "amqp://h,/",
    "amqp://h/,/",
    "amqp://h/%2F,/",
    "amqp://h/%2Fpubsub,/pubsub",
    "amqp://h/a,a",
    "amqp://h/a/b,a",
    "amqp://h/a+b,a+b",
    "amqp://h/a?heartbeat=5,a"
  })
  void parse_path_isTheVirtualHost(String text, String expected) {
    assertThat(AmqpUrl.parse(text).virtualHost()).isEqualTo(expected);
  }

  @Test
  void parse_addressOfSixGroups_losesItsBrackets() {
    AmqpUrl url = AmqpUrl.parse("amqp://u:p%40ss@[::1]:7");

    assertThat(url.host()).isEqualTo("::1");
    assertThat(url.password()).isEqualTo("p@ss");
    assertThat(url.address()).isEqualTo("[::1]:7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://h",
        "amqp:h",
        "amqp://h:0",
        "amqp://h:65536",
        "amqp://h:x",
        "amqp://h/%zz",
        "amqp://h?verify=no",
        "amqp://h?heartbeat=soon",
        "amqp://a@b@c"
      })
  void parse_anythingElse_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AmqpUrl.parse(text));
  }

  @Test
  void toString_password_isHidden() {
    assertThat(AmqpUrl.parse("amqp://me:secret@h/%2Fv?heartbeat=5"))
        .hasToString("amqp://me:***@h:5672/%2Fv");
  }
}
