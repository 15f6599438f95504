package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.peal.bus.Draft;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.crypto.Verifier;

/** Bridges for tests, at a fixed time. */
final class Crossings {

  static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));
  static final String TOPIC = "org.example.prod.app.event";
  static final String ID = "2026-6f1d0d4e-1f1e-4c9e-9b5d-000000000001";

  private Crossings() {}

  static Rules rules(String bridge, boolean isOnward) {
    return new Rules(bridge, TopicChoice.ALL, "zmq.topic", isOnward);
  }

  static ZmqToAmqp toAmqp(String bridge, boolean isOnward) {
    return new ZmqToAmqp(rules(bridge, isOnward), SignaturePolicy.OFF, NOW);
  }

  static AmqpToZmq toZmq(String bridge, boolean isOnward) {
    return new AmqpToZmq(rules(bridge, isOnward), false, NOW);
  }

  static ObjectNode envelope() {
    return BridgeVectors.object(
        """
        {"topic": "%s", "msg": {"a": 1.5e300, "b": [null, "é"]}, "timestamp": 1700000000,
         "msg_id": "%s", "i": 7, "username": "apache"}
        """
            .formatted(TOPIC, ID));
  }

  static AmqpMessage passed(ZmqToAmqp bridge, ObjectNode envelope) {
    return passed(
        bridge.convert(
            BridgeVectors.delivery(envelope.get("topic").textValue(), envelope, none())));
  }

  /** Returns one of several messages with the same id, which say something else each. */
  static AmqpMessage numbered(int number) {
    return new AmqpMessage(
        TOPIC,
        Optional.of(ID),
        BridgeVectors.headers(),
        BridgeVectors.headers().put("n", number),
        Optional.empty(),
        Optional.empty());
  }

  static Optional<Verifier> none() {
    return Optional.empty();
  }

  static <M> M passed(Crossing<M> crossing) {
    assertThat(crossing).isInstanceOf(Crossing.Passed.class);
    return ((Crossing.Passed<M>) crossing).message();
  }

  static Draft own(Crossing<ZmqOutput> crossing) {
    assertThat(passed(crossing)).isInstanceOf(ZmqOutput.Own.class);
    return ((ZmqOutput.Own) passed(crossing)).draft();
  }

  /** Returns the envelope that a node would make of a draft, unsigned. */
  static ObjectNode published(Draft draft) {
    ObjectNode envelope = BridgeVectors.headers();
    envelope.put("topic", draft.topic().value());
    envelope.set("msg", draft.body());
    envelope.put("timestamp", NOW.instant().getEpochSecond());
    envelope.put("msg_id", draft.id().orElseThrow().value());
    envelope.put("i", 1);
    envelope.put("username", draft.username().orElseThrow());
    ObjectNode headers = draft.headers().deepCopy();
    headers.put("peal-stream", "0".repeat(32));
    headers.put("peal-name", "bridge.host");
    envelope.set("headers", headers);
    return envelope;
  }
}
