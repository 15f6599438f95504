package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceTest {

  private static Sentence sentence(String text) {
    return Sentence.of(Samples.json(text));
  }

  @Test
  void of_logLine_tellsTextAndUser() {
    Sentence said =
        sentence(
            "{\"topic\":\"org.fedoraproject.dev.logger.log\",\"username\":\"ann\","
                + "\"msg\":{\"log\":\"hello\"}}");
    assertThat(said).isEqualTo(new Sentence("logger.log", "hello (ann)", ""));
  }

  @Test
  void of_customLog_saysSo() {
    Sentence said =
        sentence(
            "{\"topic\":\"a.b.dev.logger.log\",\"username\":\"ann\",\"msg\":{\"log\":[1],\"x\":2}}");
    assertThat(said.subtitle()).isEqualTo("<custom JSON message> (ann)");
  }

  @Test
  void of_announcement_tellsMessageAndLink() {
    Sentence said =
        sentence(
            "{\"topic\":\"a.b.dev.announce.announcement\","
                + "\"msg\":{\"message\":\"party\",\"link\":\"https://example.org/\"}}");
    assertThat(said)
        .isEqualTo(new Sentence("announce.announcement", "party", "https://example.org/"));
    assertThat(said.terse()).isEqualTo("announce.announcement -- party https://example.org/");
  }

  @Test
  void of_anyOther_tellsTheFirstPlainFacts() {
    Sentence said =
        sentence(
            "{\"topic\":\"a.b.dev.git.receive\",\"msg\":{\"commit\":{\"x\":1},\"repo\":\"bash\","
                + "\"none\":null,\"empty\":\"\",\"count\":2,\"ok\":true,\"url\":\"http://x/\","
                + "\"fifth\":5}}");
    assertThat(said)
        .isEqualTo(
            new Sentence("git.receive", "repo=bash count=2 ok=true url=http://x/", "http://x/"));
  }

  @Test
  void of_shortTopic_takesAllOfIt() {
    assertThat(sentence("{\"topic\":\"a.b.c\",\"msg\":{}}").title()).isEqualTo("a.b.c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"text\"",
        "{}",
        "{\"topic\":7,\"msg\":7}",
        "{\"topic\":\"a.b.c.logger.x\",\"msg\":null}",
        "{\"topic\":\"a.b.c.announce.x\",\"msg\":[1]}",
        "{\"topic\":\"....\",\"msg\":{\"a\":NaN}}",
        "{\"topic\":{\"x\":1},\"username\":[],\"msg\":{\"link\":{}}}"
      })
  void of_anyShape_saysSomethingWithoutFailing(String text) {
    assertThat(sentence(text).terse()).contains(" -- ");
  }
}
