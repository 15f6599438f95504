package org.peal.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.YamlTree;

class RuleReaderTest {

  private static final String DEFAULT = "default: {say: 'something', users: [who]}\n";

  private static Sentences rules(String text) {
    return RuleReader.read(List.of(YamlTree.parse(text, Place.of(Path.of("test.yaml")))));
  }

  private static Sentences service(String... lines) {
    return rules(DEFAULT + "services:\n  svc:\n    " + String.join("\n    ", lines));
  }

  private static String say(Sentences sentences, String body) {
    return sentences.of(Messages.body(body)).subtitle();
  }

  @Test
  void rules_severalMatch_theFirstOneCounts() {
    Sentences rules = service("rules:", "- {topic: thing.*, say: a}", "- {topic: '#', say: b}");
    assertThat(say(rules, "{}")).isEqualTo("a");
  }

  @Test
  void rules_fieldWithoutValue_leaveTheMessageToTheNext() {
    Sentences rules = service("rules:", "- {say: 'a {x}'}", "- {say: 'b {y}'}");
    assertThat(say(rules, "{\"x\":1,\"y\":2}")).isEqualTo("a 1");
    assertThat(say(rules, "{\"y\":2}")).isEqualTo("b 2");
    assertThat(say(rules, "{}")).isEqualTo("something");
  }

  @Test
  void rules_noneApplies_nameWhatServiceAndDefaultDo() {
    Sentences rules = service("users: [by]", "rules:", "- {topic: other, say: a}");
    Sentence sentence = rules.of(Messages.body("{\"by\":\"ann\",\"who\":\"bob\"}"));
    assertThat(sentence.subtitle()).isEqualTo("something");
    assertThat(sentence.users()).containsExactlyInAnyOrder("ann", "bob");
  }

  @Test
  void users_addressesAndLongTexts_areNoNames() {
    Sentences rules = rules("default: {say: x, users: [a, b, c, d, '@username']}");
    String body =
        "{\"a\":\"x@y\",\"b\":\"two words\",\"c\":\""
            + "l".repeat(300)
            + "\",\"d\":[\"ok\",\"me\"]}";
    assertThat(rules.of(Messages.body(body)).users()).containsExactlyInAnyOrder("ok", "me");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{x: a} ! {\"x\":\"a\"} ! yes",
        "{x: a} ! {\"x\":\"b\"} ! something",
        "{x: [a, b]} ! {\"x\":\"b\"} ! yes",
        "{x: true} ! {\"x\":true} ! yes",
        "{x: 1} ! {\"x\":1} ! yes",
        "{x: 1} ! {\"x\":[0,1]} ! yes",
        "{x: null} ! {\"x\":null} ! yes",
        "{x: null} ! {\"x\":1} ! something",
        "{x: '*'} ! {\"x\":1} ! yes",
        "{x: '*'} ! {} ! something",
        "{'x|y:lower': a, z: 1} ! {\"y\":\"A\",\"z\":1} ! yes",
        "{x: a, z: 1} ! {\"x\":\"a\"} ! something",
      })
  void when_values_decide(String when, String body, String expected) {
    assertThat(say(service("rules:", "- {say: 'yes', when: " + when + "}"), body))
        .isEqualTo(expected);
  }

  @Test
  void let_choice_picksAWordOrTheOther() {
    Sentences rules =
        service(
            "let: {noun: {of: '{n}', words: {1: child}, otherwise: children}}",
            "rules:",
            "- {let: {all: '{n} {$noun}'}, say: 'has {$all}'}");
    assertThat(say(rules, "{\"n\":1}")).isEqualTo("has 1 child");
    assertThat(say(rules, "{\"n\":2}")).isEqualTo("has 2 children");
  }

  @Test
  void withFile_rules_comeBeforeTheBuiltInOnes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(
        file,
        """
        services:
          svc: {rules: [{say: "ours {x}"}]}
          logger: {rules: [{topic: special, say: "special {log}"}]}
        """);
    Sentences sentences = Sentences.withFile(file);
    assertThat(say(sentences, "{\"x\":1}")).isEqualTo("ours 1");
    assertThat(say(sentences, "{}")).isEqualTo("svc: thing done");
    String log = "{\"topic\":\"a.b.dev.logger.%s\",\"msg\":{\"log\":\"hello\"}}";
    assertThat(sentences.of(Messages.json(log.formatted("special"))).subtitle())
        .isEqualTo("special hello");
    assertThat(sentences.of(Messages.json(log.formatted("log"))).subtitle()).isEqualTo("hello");
  }

  @Test
  void withFile_default_replacesTheBuiltInOne(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(file, DEFAULT);
    Sentences sentences = new SentencesConfig(file).load();
    assertThat(say(sentences, "{}")).isEqualTo("something");
    assertThat(new SentencesConfig(null).load().of(Messages.body("{}")).subtitle())
        .isEqualTo("svc: thing done");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "services: {} ! test.yaml:1:1: \"default\" is missing",
        "[] ! test.yaml:1:1: must be a map, not a list",
        "default: {} ! test.yaml:1:10: \"say\" is missing",
        "default: {say: [a]} ! must be a text, not a list",
        "default: {say: a, sya: b} ! test.yaml:1:19: unknown name \"sya\"; known are let, link",
        "default: {say: '{a:shout}'} ! test.yaml:1:16: unknown change \"shout\"",
        "default: {say: a, users: ['{x}']} ! field must be names between dots",
        "default: {say: a, let: {x: '{$x}'}} ! $x is not defined before this place",
        "default: {say: a, let: {x: {of: a}}} ! \"words\" is missing",
        "{default: {say: a}, services: {s: {}}} ! \"rules\" is missing",
        "{default: {say: a}, services: {s: {rules: x}}} ! \"rules\" must be a list",
        "{default: {say: a}, services: {s: {rules: [{topic: x}]}}} ! \"say\" is missing",
        "{default: {say: a}, services: {s: {rules: [{say: x, when: {a: {}}}]}}} ! must be a value or",
        "{default: {say: a}, services: {s: {rules: [{say: x, when: {'a b': 1}}]}}} ! field must be",
        "{default: {say: a}, services: [x]} ! must be a map, not a list",
      })
  void read_mistake_isNamedWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> rules(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
