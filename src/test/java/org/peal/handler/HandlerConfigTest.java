package org.peal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peal.bus.Bus;
import org.peal.config.ConfigException;
import org.peal.config.OwnSettings;
import org.peal.config.TestBinding;
import org.peal.message.TopicPattern;

class HandlerConfigTest {

  @Test
  void bind_nothing_hasDefaults() {
    assertThat(TestBinding.defaults(HandlerConfig.class)).isEqualTo(HandlerConfig.defaults());
    assertThat(TestBinding.defaults(RetryConfig.class))
        .isEqualTo(
            new RetryConfig(
                Duration.ofSeconds(1), Duration.ofMinutes(10), 100, Duration.ofDays(7), 10_000));
  }

  @Test
  void bind_everything_isTaken() {
    HandlerConfig config =
        TestBinding.bind(
            HandlerConfig.class,
            """
            type: log
            jars: x.jar
            topics: a.#
            bus: [zmq, amqp]
            queue: q
            publish-on: amqp
            dry-run: true
            deadline: 2m
            retry: {first: 2s, longest: 3s, attempts: 4, age: 5h, waiting: 6}
            settings: {file: x, more: {a: [1]}}
            """);
    assertThat(config.type()).isEqualTo("log");
    assertThat(config.jars()).containsExactly(Path.of("/base/x.jar"));
    assertThat(config.topics()).containsExactly(TopicPattern.parse("a.#"));
    assertThat(config.bus()).containsExactly(Bus.ZMQ, Bus.AMQP);
    assertThat(config.queue()).isEqualTo("q");
    assertThat(config.publishOn()).isEqualTo(Bus.AMQP);
    assertThat(config.dryRun()).isTrue();
    assertThat(config.deadline()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.retry())
        .isEqualTo(
            new RetryConfig(
                Duration.ofSeconds(2), Duration.ofSeconds(3), 4, Duration.ofHours(5), 6));
    assertThat(config.settings()).hasToString("{\"file\":\"x\",\"more\":{\"a\":[1]}}");
    assertThat(config.settings()).isNotEqualTo(OwnSettings.none());
  }

  @Test
  void bind_badValues_refused() {
    for (String yaml :
        List.of(
            "bus: []",
            "queue: ''",
            "deadline: 0s",
            "retry: {attempts: 0}",
            "retry: {longest: 1ms}")) {
      assertThatThrownBy(() -> TestBinding.bind(HandlerConfig.class, yaml))
          .as(yaml)
          .isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void requireNames_capitalsOrBlanks_refused() {
    HandlerConfig any = HandlerConfig.defaults();
    HandlerConfig.requireNames(Map.of("a-1", any));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HandlerConfig.requireNames(Map.of("A", any)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HandlerConfig.requireNames(Map.of("a b", any)));
  }
}
