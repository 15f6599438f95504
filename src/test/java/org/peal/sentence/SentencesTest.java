package org.peal.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {

  private static final Sentences SENTENCES = Sentences.builtIn();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @ParameterizedTest
  @CsvSource({
    "org.example.prod.git.receive, git.receive",
    "a.b.c, a.b.c",
    "a.b.c.d, d",
    "a.b.c., ''",
    "com.example.bus.prod.git.receive, prod.git.receive"
  })
  void title_ofATopic_beginsWithItsFourthPart(String topic, String title) {
    ObjectNode envelope = JSON.objectNode().put("topic", topic);
    assertThat(SENTENCES.of(envelope).title()).isEqualTo(title);
  }

  @Test
  void terse_sentence_isTitleSubtitleLink() {
    String message =
        "{\"topic\":\"a.b.dev.announce.x\",\"msg\":{\"message\":\"party\",\"link\":\"http://x/\"}}";
    assertThat(SENTENCES.of(Messages.json(message)).terse())
        .isEqualTo("announce.x -- party http://x/");
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
        "{\"topic\":\"a.b.c.git.receive\",\"msg\":{\"commit\":[{\"repo\":{}}]}}",
        "{\"topic\":{\"x\":1},\"username\":[],\"msg\":{\"link\":{}}}"
      })
  void of_anyShape_saysSomethingWithoutFailing(String text) {
    assertThat(SENTENCES.of(Messages.json(text)).subtitle()).isNotBlank();
  }

  @Test
  void of_caseWithMembersTornOut_neverFailsAndIsBounded() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<JsonNode> cases = RulesTest.cases().toList();
    for (int i = 0; i < 2000; i++) {
      JsonNode torn = torn(cases.get(random.nextInt(cases.size())), random);
      if (torn instanceof ObjectNode object && random.nextBoolean()) {
        object.set("topic", cases.get(random.nextInt(cases.size())).path("topic"));
      }
      assertThatCode(() -> assertThat(SENTENCES.of(torn).terse().length()).isLessThan(7000))
          .as("seed %d, message %s", seed, torn)
          .doesNotThrowAnyException();
    }
  }

  private static JsonNode torn(JsonNode value, Random random) {
    if (random.nextInt(12) == 0) {
      return odd(random);
    } else if (value.isObject()) {
      ObjectNode copy = JSON.objectNode();
      value
          .properties()
          .forEach(member -> copy.set(member.getKey(), torn(member.getValue(), random)));
      return copy;
    } else if (value.isArray()) {
      ArrayNode copy = JSON.arrayNode();
      value.forEach(element -> copy.add(torn(element, random)));
      return copy;
    }
    return value;
  }

  private static JsonNode odd(Random random) {
    List<JsonNode> odd = new ArrayList<>();
    odd.add(JSON.nullNode());
    odd.add(JSON.numberNode(-1e300));
    odd.add(JSON.textNode("\ud83d\ude00".repeat(5000)));
    odd.add(JSON.textNode("\ud83d\r\n-- - --"));
    odd.add(JSON.arrayNode().add(JSON.arrayNode()).add("x").add(true));
    odd.add(JSON.objectNode().set("name", JSON.objectNode()));
    return odd.get(random.nextInt(odd.size()));
  }

  @Test
  void of_hugeBody_looksAtPartOfIt() {
    ArrayNode builds = JSON.arrayNode();
    for (int i = 0; i < 50_000; i++) {
      builds.add(JSON.objectNode().put("nvr", "p" + i + "-1-1").put("agent", "u" + i));
    }
    ObjectNode body = JSON.objectNode();
    body.set("update", JSON.objectNode().set("builds", builds));
    ObjectNode envelope = JSON.objectNode().put("topic", "a.b.prod.bodhi.update.edit");
    Sentence sentence = SENTENCES.of(envelope.set("msg", body));
    assertThat(sentence.packages()).hasSize(Limits.LIST);
    assertThat(sentence.terse()).hasSizeLessThan(7000);
    Sentence unknown = SENTENCES.of(envelope.put("topic", "a.b.prod.other.x"));
    assertThat(unknown.users()).hasSizeBetween(1, Limits.LIST);
  }
}
