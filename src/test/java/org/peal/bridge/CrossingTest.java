package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;

class CrossingTest {

  private static final Optional<Instant> SENT = Optional.of(Instant.parse("2023-11-14T22:13:20Z"));

  @Test
  void toAmqp_plainEnvelope_carriesItsTimeAndItself() {
    AmqpMessage message = Crossings.passed(Crossings.toAmqp("b1", false), Crossings.envelope());

    assertThat(message.id()).contains(Crossings.ID);
    assertThat(message.sentAt()).isEqualTo(SENT);
    assertThat(message.schema()).isEqualTo("base.message");
    assertThat(message.header("peal-path").textValue()).isEqualTo("b1");
    assertThat(message.header("peal-origin").textValue()).isEqualTo("zmq");
    assertThat(
            OriginEnvelope.restore(message.topic(), message.headers(), message.body())
                .orElseThrow())
        .isEqualTo(Crossings.envelope());
  }

  @Test
  void toAmqp_bodyOfAnotherKind_isRestoredAsItWas() {
    ObjectNode envelope = Crossings.envelope();
    envelope.putNull("msg");

    AmqpMessage message = Crossings.passed(Crossings.toAmqp("b1", false), envelope);

    assertThat(message.body()).isEmpty();
    assertThat(OriginEnvelope.restore(message.topic(), message.headers(), message.body()))
        .contains(envelope);
  }

  @Test
  void toAmqp_headersOfWrongTypes_getTheUsualValues() {
    ObjectNode envelope = Crossings.envelope();
    envelope.set(
        "headers",
        BridgeVectors.json(
            """
            {"fedora_messaging_severity": "40", "fedora_messaging_schema": 1, "sent-at": 2,
             "priority": "high", "x-own": "kept"}
            """));

    AmqpMessage message = Crossings.passed(Crossings.toAmqp("b1", false), envelope);

    assertThat(message.header("fedora_messaging_severity").intValue()).isEqualTo(20);
    assertThat(message.schema()).isEqualTo("base.message");
    assertThat(message.sentAt()).isEqualTo(SENT);
    assertThat(message.header("priority").intValue()).isZero();
    assertThat(message.header("x-own").textValue()).isEqualTo("kept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"topic\": \"t\", \"msg\": {}}",
        "{\"topic\": \"t\", \"msg_id\": \"x\"}",
        "{\"topic\": \"t\", \"msg_id\": \"x\", \"msg\": [1]}",
        "{\"topic\": \"t\", \"msg_id\": \"x\", \"msg\": {}, \"headers\": {\"f\": 1.5}}",
        "[1]"
      })
  void toAmqp_whatCannotCross_isRefusedWithAReason(String payload) {
    JsonNode tree = BridgeVectors.json(payload);

    Crossing<AmqpMessage> crossing =
        Crossings.toAmqp("b1", false).convert(BridgeVectors.delivery("t", tree, Crossings.none()));

    assertThat(crossing).isInstanceOf(Crossing.Refused.class);
    assertThat(((Crossing.Refused<AmqpMessage>) crossing).why()).isNotEmpty();
  }

  @Test
  void toAmqp_topicThatIsNoText_isRefused() {
    Delivery delivery =
        BridgeVectors.delivery(new byte[] {(byte) 0xff}, "{}".getBytes(), Crossings.none());

    assertThat(Crossings.toAmqp("b1", false).convert(delivery))
        .isInstanceOf(Crossing.Refused.class);
  }

  @Test
  void toAmqp_invalidSignature_isRefusedOrMarkedByPolicy() {
    Delivery seen = BridgeVectors.delivery(Crossings.TOPIC, Crossings.envelope(), Crossings.none());
    Delivery invalid =
        new Delivery(
            seen.raw(),
            seen.tree(),
            Optional.of(new Verdict.Invalid(Reason.BAD_SIGNATURE, "does not fit")));

    assertThat(policy(SignaturePolicy.REQUIRE).convert(invalid))
        .isEqualTo(new Crossing.Refused<>("BAD_SIGNATURE: does not fit"));
    assertThat(policy(SignaturePolicy.REQUIRE).convert(seen)).isInstanceOf(Crossing.Refused.class);
    AmqpMessage accepted = Crossings.passed(policy(SignaturePolicy.ACCEPT).convert(invalid));
    assertThat(accepted.header("peal-verdict").textValue()).isEqualTo("BAD_SIGNATURE");
    assertThat(accepted.headers().has("peal-signer")).isFalse();
  }

  private static ZmqToAmqp policy(SignaturePolicy policy) {
    return new ZmqToAmqp(Crossings.rules("b1", false), policy, Crossings.NOW);
  }

  @Test
  void toAmqp_messageOfPythonsBridge_neverGoesBack() {
    ObjectNode envelope = Crossings.envelope();
    envelope.put("username", "amqp-bridge");
    Delivery delivery = BridgeVectors.delivery(Crossings.TOPIC, envelope, Crossings.none());

    for (boolean isOnward : List.of(true, false)) {
      assertThat(Crossings.toAmqp("b1", isOnward).convert(delivery))
          .isEqualTo(new Crossing.Skipped<>(Crossing.Reason.CROSSED_BEFORE));
    }
  }

  @Test
  void toZmq_messageOfPythonsBridge_isKnownByItsExchange() {
    AmqpMessage message = amqp("2026-x", "{}");

    assertThat(Crossings.toZmq("b1", true).convert(message, "zmq.topic"))
        .isEqualTo(new Crossing.Skipped<>(Crossing.Reason.CROSSED_BEFORE));
    assertThat(Crossings.toZmq("b1", false).convert(message, "amq.topic"))
        .isInstanceOf(Crossing.Passed.class);
  }

  @Test
  void crossing_markedMessage_goesOnOnlyWhereThatIsWantedAndNeverTwice() {
    AmqpMessage crossed = Crossings.passed(Crossings.toAmqp("b1", false), Crossings.envelope());
    Crossing<ZmqOutput> skipped = new Crossing.Skipped<>(Crossing.Reason.CROSSED_BEFORE);

    assertThat(Crossings.toZmq("b2", false).convert(crossed, "any")).isEqualTo(skipped);
    assertThat(Crossings.toZmq("b1", true).convert(crossed, "any")).isEqualTo(skipped);
    ObjectNode second =
        Crossings.published(Crossings.own(Crossings.toZmq("b2", true).convert(crossed, "any")));
    assertThat(second.path("headers").path("peal-path").textValue()).isEqualTo("b1,b2");
    assertThat(second.path("headers").path("peal-origin").textValue()).isEqualTo("zmq");
    assertThat(second.get("msg_id").textValue()).isEqualTo(Crossings.ID);
    Delivery delivery = BridgeVectors.delivery(Crossings.TOPIC, second, Crossings.none());
    assertThat(Crossings.toAmqp("b1", true).convert(delivery))
        .isEqualTo(new Crossing.Skipped<>(Crossing.Reason.CROSSED_BEFORE));
    assertThat(Crossings.toAmqp("b2", true).convert(delivery))
        .isEqualTo(new Crossing.Skipped<>(Crossing.Reason.CROSSED_BEFORE));
  }

  @Test
  void toZmq_idWithoutYear_getsTheYearOfTheMessage() {
    AmqpMessage old = amqp("6f1d-x", "{\"sent-at\": \"2019-12-31T23:59:59+00:00\"}");

    assertThat(id(old)).isEqualTo("2019-6f1d-x");
    assertThat(id(amqp("6f1d-x", "{}"))).isEqualTo("2026-6f1d-x");
    assertThat(id(amqp("9999-anything", "{}"))).isEqualTo("9999-anything");
  }

  private static String id(AmqpMessage message) {
    return Crossings.own(Crossings.toZmq("b1", false).convert(message, "amq.topic"))
        .id()
        .orElseThrow()
        .value();
  }

  @Test
  void toZmq_messageWithoutId_isRefused() {
    AmqpMessage message =
        new AmqpMessage(
            "t",
            Optional.empty(),
            BridgeVectors.headers(),
            BridgeVectors.headers(),
            Optional.empty(),
            Optional.empty());

    assertThat(Crossings.toZmq("b1", false).convert(message, "amq.topic"))
        .isInstanceOf(Crossing.Refused.class);
  }

  @Test
  void toZmq_envelopeOfAnotherMessage_isNotRestored() {
    AmqpMessage crossed = Crossings.passed(Crossings.toAmqp("b1", false), Crossings.envelope());
    AmqpMessage forged =
        new AmqpMessage(
            "another.topic",
            crossed.id(),
            crossed.headers(),
            crossed.body(),
            Optional.empty(),
            Optional.empty());

    assertThat(
            new AmqpToZmq(Crossings.rules("b2", false), true, Crossings.NOW)
                .convert(forged, "zmq.topic"))
        .isInstanceOf(Crossing.Refused.class);
  }

  @Test
  void toAmqp_foreignOriginId_doesNotRenameTheMessage() {
    ObjectNode envelope = Crossings.envelope();
    envelope.set("headers", BridgeVectors.json("{\"peal-origin-id\": \"stolen\"}"));

    assertThat(Crossings.passed(Crossings.toAmqp("b1", false), envelope).id())
        .contains(Crossings.ID);
  }

  private static AmqpMessage amqp(String id, String headers) {
    return new AmqpMessage(
        Crossings.TOPIC,
        Optional.of(id),
        BridgeVectors.object(headers),
        BridgeVectors.headers(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void topicChoice_prefixesAndPatterns_includeAndExclude() {
    TopicChoice choice =
        new TopicChoice(List.of("org.example.prod", "#.tag"), List.of("org.example.prod.secret"));

    assertThat(choice.takes("org.example.prodX.app")).isTrue();
    assertThat(choice.takes("io.pagure.tag")).isTrue();
    assertThat(choice.takes("org.example.prod.secret.key")).isFalse();
    assertThat(choice.takes("io.pagure.issue")).isFalse();
  }
}
