package org.peal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicNamingTest {

  static List<JsonNode> vectors() {
    return Trees.vectors("topics.jsonl");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void full_vector_asFedmsg(JsonNode vector) {
    TopicNaming naming =
        new TopicNaming(
            vector.get("topic_prefix").textValue(), vector.get("environment").textValue());
    Topic full = naming.full(vector.get("modname").textValue(), vector.get("topic").textValue());
    assertThat(full.value()).isEqualTo(vector.get("full_topic").textValue());
  }

  @Test
  void full_notEncodable_becomesQuestionMark() {
    TopicNaming naming = new TopicNaming("org", "dev");
    assertThat(naming.full("m", "a\ud83db\ude00\ud83d\ude00").value())
        .isEqualTo("org.dev.m.a?b?\ud83d\ude00");
  }
}
