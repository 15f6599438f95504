package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.crypto.x509.TrustFiles;
import org.peal.crypto.x509.TrustSnapshot;
import org.peal.crypto.x509.X509Verifier;
import org.peal.json.SpacedJson;

/** What the Python bridges did with each recorded message, done again in compat mode. */
class BridgeVectorsTest {

  private static final Rules RULES = new Rules("b1", TopicChoice.ALL, "zmq.topic", false);
  private static final Instant RECORDED = Instant.parse("2026-12-01T00:00:00Z");

  static List<JsonNode> toAmqp() {
    return BridgeVectors.rows("bridge-zmq-to-amqp.jsonl");
  }

  @ParameterizedTest
  @MethodSource("toAmqp")
  void convert_envelopeInCompatMode_isWhatPythonPublished(JsonNode row) {
    Instant sentAt = sentAt(row);
    CompatToAmqp bridge =
        new CompatToAmqp(
            RULES, row.get("amqp_topic_prefix").textValue(), InstantSource.fixed(sentAt));

    Crossing<AmqpMessage> crossing = bridge.convert(delivery(row));

    if (!row.get("outcome").textValue().equals("published")) {
      assertThat(crossing).isNotInstanceOf(Crossing.Passed.class);
      return;
    }
    AmqpMessage message = passed(crossing);
    JsonNode expected = row.get("amqp").get(0);
    assertThat(row.get("amqp")).hasSize(1);
    assertThat(message.topic()).isEqualTo(expected.get("routing_key").textValue());
    assertThat(message.id()).contains(expected.get("props").get("message_id").textValue());
    assertThat(fields(message.headers())).isEqualTo(fields(expected.get("props").get("headers")));
    assertThat(SpacedJson.write(message.body()))
        .isEqualTo(BridgeVectors.bytes(expected.get("body")));
    assertThat(message.priority()).isEmpty();
    assertThat(expected.get("props").has("priority")).isFalse();
  }

  private static Instant sentAt(JsonNode row) {
    for (JsonNode header : row.path("amqp").path(0).path("props").path("headers")) {
      if (header.get(0).textValue().equals("sent-at")) {
        return Instant.parse(header.get(2).textValue().replace("+00:00", "Z"));
      }
    }
    return Instant.EPOCH;
  }

  private static Delivery delivery(JsonNode row) {
    JsonNode frames = row.get("zmq_frames_b64");
    Optional<Verifier> verifier =
        row.get("validate_signatures").booleanValue() ? Optional.of(verifier()) : Optional.empty();
    return BridgeVectors.delivery(
        BridgeVectors.bytes(frames.get(0)), BridgeVectors.bytes(frames.get(1)), verifier);
  }

  private static Verifier verifier() {
    TrustSnapshot trust =
        new TrustFiles(BridgeVectors.path("test-ca.crt"), Optional.empty()).load();
    return X509Verifier.builder(() -> trust).clock(InstantSource.fixed(RECORDED)).build();
  }

  /** Name, AMQP type and value of each header, in order. */
  private static List<List<String>> fields(JsonNode headers) {
    List<List<String>> fields = new ArrayList<>();
    if (headers instanceof ArrayNode) {
      headers.forEach(
          h -> fields.add(List.of(h.get(0).textValue(), h.get(1).textValue(), h.get(2).asText())));
    } else {
      for (Map.Entry<String, JsonNode> header : headers.properties()) {
        String type = header.getValue().isTextual() ? "S" : "I";
        fields.add(List.of(header.getKey(), type, header.getValue().asText()));
      }
    }
    return fields;
  }

  @Test
  void convert_messagesInCompatMode_areWhatPythonPublished() {
    List<JsonNode> rows = BridgeVectors.rows("bridge-amqp-to-zmq.jsonl");
    InstantSource clock =
        InstantSource.fixed(
            Instant.EPOCH.plus(
                Duration.ofMillis((long) (rows.get(0).get("clock").doubleValue() * 1000))));
    CompatToZmq bridge = new CompatToZmq(RULES, clock, InstantSource.fixed(RECORDED));
    for (JsonNode row : rows) {
      Crossing<ObjectNode> crossing = bridge.convert(BridgeVectors.message(row.get("amqp")));
      if (row.get("outcome").textValue().equals("published")) {
        assertEnvelope(row, passed(crossing));
      } else {
        assertThat(crossing).as(row.get("name").asText()).isInstanceOf(Crossing.Refused.class);
      }
    }
  }

  private static void assertEnvelope(JsonNode row, ObjectNode envelope) {
    String name = row.get("name").textValue();
    ObjectNode expected = row.get("zmq_json").deepCopy();
    byte[] sent = BridgeVectors.bytes(row.get("zmq_frames_b64").get(1));
    if (row.get("sign_messages").booleanValue()) {
      // Our members with Python's signature: valid only if we would sign the very same.
      for (String member : List.of("crypto", "signature", "certificate")) {
        envelope.set(member, expected.get(member));
      }
      assertThat(verifier().verify(SpacedJson.write(envelope), null).verdict())
          .as(name)
          .isInstanceOf(Verdict.Valid.class);
    }
    assertThat(new String(SpacedJson.write(envelope), StandardCharsets.UTF_8))
        .as(name)
        .isEqualTo(new String(sent, StandardCharsets.UTF_8));
  }

  private static <M> M passed(Crossing<M> crossing) {
    assertThat(crossing).isInstanceOf(Crossing.Passed.class);
    return ((Crossing.Passed<M>) crossing).message();
  }
}
