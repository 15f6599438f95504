package org.peal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Bus;
import org.peal.config.ConfigException;
import org.peal.config.TestBinding;
import org.peal.message.TopicPattern;
import org.peal.testing.HandlerTemplate;

class HandlerTypesTest {

  private static final Duration WINDOW = Duration.ofDays(30);

  @TempDir Path folder;

  private static HandlerTypes.Made make(String name, String yaml) {
    HandlerConfig config = TestBinding.bind(HandlerConfig.class, yaml);
    return HandlerTypes.make(name, config, WINDOW, InstantSource.system());
  }

  @Test
  void make_projectOfTheDocument_isFoundInItsJarWithItsSettings() {
    Path jar = HandlerTemplate.jar(folder);
    HandlerTypes.Made made = make("count", "jars: [%s]\nsettings: {every: 3}".formatted(jar));
    assertThat(made.handler().getClass().getName()).isEqualTo("org.example.count.CountHandler");
    assertThat(made.terms().topics())
        .containsExactly(TopicPattern.parse("org.fedoraproject.dev.logger.#"));
    assertThatThrownBy(() -> make("count", "jars: [%s]\nsettings: {every: 0}".formatted(jar)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("handlers.count.settings")
        .hasMessageContaining("every must be at least 1: 0");
  }

  @Test
  void make_termsOfTheSection_goBeforeThoseOfTheType() {
    HandlerTypes.Made made =
        make(
            "git-log",
            """
            type: log
            topics: [a.b.#, c.d]
            bus: [amqp, zmq]
            publish-on: amqp
            dry-run: true
            deadline: 5s
            retry: {attempts: 7}
            settings: {file: x.jsonl}
            """);
    HandlerTerms terms = made.terms();
    assertThat(terms.name()).isEqualTo("git-log");
    assertThat(terms.topics()).isEqualTo(List.of(pattern("a.b.#"), pattern("c.d")));
    assertThat(terms.publishOn()).contains(Bus.AMQP);
    assertThat(terms.isDryRun()).isTrue();
    assertThat(terms.deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(terms.retry().attempts()).isEqualTo(7);
    assertThat(terms.window()).isEqualTo(WINDOW);
  }

  private static TopicPattern pattern(String text) {
    return TopicPattern.parse(text);
  }

  @Test
  void make_unknownTypeOrSetting_toldWithWhatThereIs() {
    assertThatThrownBy(() -> make("tagger", ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("handlers.tagger.type")
        .hasMessageContaining("log");
    assertThatThrownBy(() -> make("log", "settings: {fil: x}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("handlers.log.settings.fil")
        .hasMessageContaining("file");
    assertThatThrownBy(() -> make("log", "jars: [/nowhere.jar]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/nowhere.jar");
  }
}
