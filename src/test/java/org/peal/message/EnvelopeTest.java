package org.peal.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.PealException;
import org.peal.PealException.Category;

class EnvelopeTest {

  @Test
  void of_wholeMessage_readsAllMembers() {
    JsonNode tree =
        Trees.parse(
            """
            {"topic": "org.example.dev.m.t", "msg": {"a": 1}, "timestamp": 1700000037,
             "msg_id": "2023-f1c49f0b-5caf-49e6-b79a-cc54bcfac602", "i": 7, "username": "jo",
             "seq_id": 12, "headers": {"k": "v"}, "unknown": [1.0]}
            """);
    Envelope envelope = Envelope.of(tree);
    assertThat(envelope.tree()).isSameAs(tree);
    assertThat(envelope.topic()).isEqualTo(new Topic("org.example.dev.m.t"));
    assertThat(envelope.body()).isEqualTo(Trees.parse("{\"a\":1}"));
    assertThat(envelope.timestamp()).contains(Instant.ofEpochSecond(1700000037));
    assertThat(envelope.id()).contains(new MessageId("2023-f1c49f0b-5caf-49e6-b79a-cc54bcfac602"));
    assertThat(envelope.counter()).hasValue(7);
    assertThat(envelope.username()).contains("jo");
    assertThat(envelope.sequenceId()).hasValue(12);
    assertThat(envelope.headers()).contains(tree.withObject("/headers"));
  }

  @Test
  void of_topicAndBodyOnly_restIsEmpty() {
    assertNothingOptional(Envelope.of(Trees.parse("{\"topic\":\"t\",\"msg\":null}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "true", "\"\"", "[]", "{}", "NaN", "1e300", "1.5", "99999999999999999999"})
  void of_oddOptionalMembers_areEmpty(String odd) {
    String text =
        """
        {"topic": "t", "msg": 1, "timestamp": %1$s, "msg_id": %1$s, "i": %1$s, "username": %1$s,
         "seq_id": %1$s, "headers": %1$s}
        """
            .formatted(odd);
    Envelope envelope = Envelope.of(Trees.parse(text));
    if (odd.equals("1.5")) {
      assertThat(envelope.timestamp()).contains(Instant.ofEpochMilli(1500));
    } else {
      assertThat(envelope.timestamp()).isEmpty();
    }
    if (odd.equals("{}")) {
      assertThat(envelope.headers()).hasValueSatisfying(headers -> assertThat(headers).isEmpty());
    } else {
      assertThat(envelope.headers()).isEmpty();
    }
    assertThat(envelope.counter()).isEmpty();
    assertThat(envelope.sequenceId()).isEmpty();
    assertThat(envelope.id()).isEmpty();
    assertThat(envelope.username()).isEmpty();
  }

  private static void assertNothingOptional(Envelope envelope) {
    assertThat(envelope.body().isNull()).isTrue();
    assertThat(envelope.timestamp()).isEmpty();
    assertThat(envelope.id()).isEmpty();
    assertThat(envelope.counter()).isEmpty();
    assertThat(envelope.username()).isEmpty();
    assertThat(envelope.sequenceId()).isEmpty();
    assertThat(envelope.headers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1700000037, 2023-11-14T22:13:57Z",
    "1700000037.25, 2023-11-14T22:13:57.250Z",
    "1.70000003725e9, 2023-11-14T22:13:57.250Z",
    "1700000037250, 2023-11-14T22:13:57.250Z",
    "1700000037250.9, 2023-11-14T22:13:57.250Z",
    "0, 1970-01-01T00:00:00Z",
    "-1.5, 1969-12-31T23:59:58.500Z",
    "100000000000, 5138-11-16T09:46:40Z",
    "100000000001, 1973-03-03T09:46:40.001Z",
    "100000000000001, ",
    "-100000000000001, ",
    "1e15, ",
    "Infinity, ",
    "-Infinity, ",
    "NaN, ",
    "'\"1700000037\"', "
  })
  void timestamp_secondsOrMilliseconds(String token, Instant expected) {
    String text = "{\"topic\":\"t\",\"msg\":{},\"timestamp\":%s}".formatted(token);
    assertThat(Envelope.of(Trees.parse(text)).timestamp().orElse(null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | message must be an object, not array",
        "null | message must be an object, not null",
        "\"topic\" | message must be an object, not string",
        "{} | message must have a member \"msg\"",
        "{\"topic\":\"t\"} | message must have a member \"msg\"",
        "{\"msg\":{}} | message must have a non-empty string \"topic\"",
        "{\"msg\":{},\"topic\":\"\"} | message must have a non-empty string \"topic\"",
        "{\"msg\":{},\"topic\":7} | message must have a non-empty string \"topic\""
      })
  void of_noMessage_throws(String text, String problem) {
    assertThatThrownBy(() -> Envelope.of(Trees.parse(text)))
        .isInstanceOfSatisfying(
            MalformedEnvelopeException.class,
            e -> assertThat(e.category()).isEqualTo(Category.PERMANENT))
        .hasMessage(problem);
  }

  static List<JsonNode> goodMessages() {
    return Trees.vectors("messages.jsonl");
  }

  static List<JsonNode> unusableMessages() {
    return Trees.vectors("invalid.jsonl").stream()
        .filter(vector -> vector.get("layer").textValue().equals("parse"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("goodMessages")
  void of_goodVector_hasItsTopic(JsonNode vector) {
    Envelope envelope = Envelope.of(Trees.parse(vector.get("wire").textValue()));
    assertThat(envelope.topic().value()).isEqualTo(vector.get("topic").textValue());
  }

  @ParameterizedTest
  @MethodSource("unusableMessages")
  void of_unusableVector_refused(JsonNode vector) {
    assertThatThrownBy(() -> Envelope.of(Trees.parse(vector.get("wire").textValue())))
        .isInstanceOf(PealException.class);
  }

  @Test
  void toString_doesNotShowTheBody() {
    Envelope envelope = Envelope.of(Trees.parse("{\"topic\":\"t\",\"msg\":\"secret\"}"));
    assertThat(envelope.toString()).isEqualTo("Envelope[topic=t, id=none]");
  }
}
