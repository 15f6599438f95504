package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

class MatchTest {

  private static Delivery delivery(String frame, byte[] payload) throws Exception {
    RawMessage raw =
        new RawMessage(
            new Origin("a", "tcp://127.0.0.1:1"),
            frame.getBytes(StandardCharsets.UTF_8),
            payload,
            Instant.EPOCH);
    return new Delivery(
        raw, Optional.of(StrictJson.parse(payload, JsonLimits.DEFAULT)), Optional.empty());
  }

  private static Map<String, String> variables(String topic, String id) throws Exception {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("topic", topic).put("msg_id", id);
    return Match.of(delivery(topic, CanonicalJson.write(message))).orElseThrow().variables();
  }

  @Test
  void of_message_isOneLineAsReceived() throws Exception {
    String text = "{ \"msg\" : \"it's \\n \\\"quoted\\\"\",\n \"n\": 1.50 }";
    Match match = Match.of(delivery("a.b", text.getBytes(StandardCharsets.UTF_8))).orElseThrow();
    assertThat(new String(match.json(), StandardCharsets.UTF_8))
        .isEqualTo("{\"msg\":\"it's \\n \\\"quoted\\\"\",\"n\":1.50}\n");
  }

  @Test
  void of_noObject_isNoMatch() throws Exception {
    assertThat(Match.of(delivery("a.b", "[1]".getBytes(StandardCharsets.UTF_8)))).isEmpty();
  }

  @Test
  void variables_usualMessage_areTopicAndId() throws Exception {
    assertThat(variables("org.example.prod.git.receive", "2014-f1c49f0b-5caf-49e6-b79a-cc54bcfac6"))
        .containsOnly(
            Map.entry(Match.TOPIC, "org.example.prod.git.receive"),
            Map.entry(Match.MSG_ID, "2014-f1c49f0b-5caf-49e6-b79a-cc54bcfac6"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "$(id)",
        "`id`",
        "a;id",
        "a'b",
        "a\"b",
        "a/../b",
        "-rf",
        "..",
        "a\nb",
        "\u00e9",
        "a\u0000b",
        "a*",
        "~root",
        "a=b",
        "a\\b"
      })
  void variables_anythingElse_isLeftOut(String hostile) throws Exception {
    assertThat(variables(hostile, hostile)).isEmpty();
  }

  @Test
  void variables_tooLong_isLeftOut() throws Exception {
    assertThat(variables("a".repeat(255), "a".repeat(256))).containsOnlyKeys(Match.TOPIC);
  }

  @Test
  void variables_topicOfAnotherFrame_isLeftOut() throws Exception {
    byte[] payload = "{\"topic\":\"a.b\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(Match.of(delivery("a.c", payload)).orElseThrow().variables()).isEmpty();
    assertThat(Match.of(delivery("a.c", payload)).orElseThrow().describe())
        .isEqualTo("a message without a usable id (without a usable topic)");
  }
}
