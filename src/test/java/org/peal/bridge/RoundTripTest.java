package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.crypto.x509.OwnKeyPair;
import org.peal.crypto.x509.TrustFiles;
import org.peal.crypto.x509.TrustSnapshot;
import org.peal.crypto.x509.X509Signer;
import org.peal.crypto.x509.X509Verifier;
import org.peal.testing.TestPki;

class RoundTripTest {

  private final AmqpToZmq out = Crossings.toZmq("b1", false);
  private final ZmqToAmqp back = Crossings.toAmqp("b2", true);

  @Test
  void message_overZmqAndBack_isEqual() {
    AmqpMessage first =
        message(
            """
            {"x-own": {"deep": [1, "two", null, true]}, "fedora_messaging_schema": "bodhi.comment.v1",
             "fedora_messaging_schema_package": "bodhi", "sent-at": "2019-12-31T23:59:59+00:00",
             "fedora_messaging_severity": 40, "priority": 3, "fedora_messaging_user_jane": true,
             "fedora_messaging_rpm_a b/c": true, "big": 9007199254740993}
            """,
            Optional.of(3));

    AmqpMessage second = roundTrip(first);

    assertThat(withoutMarks(second.headers())).isEqualTo(first.headers());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.topic()).isEqualTo(first.topic());
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.priority()).isEqualTo(first.priority());
  }

  @Test
  void message_withoutUsualHeaders_getsNoneOnTheWay() {
    AmqpMessage first = message("{\"x\": 1}", Optional.empty());

    assertThat(withoutMarks(roundTrip(first).headers())).isEqualTo(first.headers());
  }

  @Test
  void messages_random_areEqualAfterARoundTrip() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      ObjectNode headers = BridgeVectors.headers();
      for (int j = random.nextInt(8); j > 0; j--) {
        String name = "h" + random.nextInt(100);
        switch (random.nextInt(4)) {
          case 0 -> headers.put(name, random.nextLong());
          case 1 -> headers.put(name, "v" + random.nextInt());
          case 2 -> headers.put(name, random.nextBoolean());
          default -> headers.putNull(name);
        }
      }
      AmqpMessage first = message(headers.toString(), Optional.empty());

      assertThat(withoutMarks(roundTrip(first).headers()))
          .as("seed %d, message %d", seed, i)
          .isEqualTo(first.headers());
    }
  }

  private AmqpMessage roundTrip(AmqpMessage message) {
    return Crossings.passed(
        back, Crossings.published(Crossings.own(out.convert(message, "amq.topic"))));
  }

  private static AmqpMessage message(String headers, Optional<Integer> priority) {
    return new AmqpMessage(
        Crossings.TOPIC,
        Optional.of("6f1d0d4e-1f1e-4c9e-9b5d-0000000000a1"),
        BridgeVectors.object(headers),
        BridgeVectors.object("{\"n\": 1e400, \"i\": 123456789012345678901234567890}"),
        priority,
        Optional.empty());
  }

  private static ObjectNode withoutMarks(ObjectNode headers) {
    ObjectNode rest = headers.deepCopy();
    rest.fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith("peal-")) {
                assertThat(name).isIn("peal-path", "peal-origin", "peal-origin-envelope");
              }
            });
    rest.remove(java.util.List.of("peal-path", "peal-origin", "peal-origin-envelope"));
    return rest;
  }

  @Test
  void envelope_carriedOverAmqp_keepsAValidSignature(@TempDir Path folder) {
    TestPki.Identity root = new TestPki().root("ca");
    root.issue("app.example.org").write(folder, "app");
    TestPki.writeText(folder.resolve("ca.crt"), root.pem());
    OwnKeyPair keys = new KeyPairFiles(folder.resolve("app.crt"), folder.resolve("app.key")).load();
    ObjectNode unsigned = Crossings.envelope();
    unsigned.put("seq_id", 12);
    ObjectNode signed = new X509Signer(() -> keys).sign(unsigned);
    Verifier verifier = verifier(folder.resolve("ca.crt"));
    ZmqToAmqp bridge =
        new ZmqToAmqp(Crossings.rules("b1", false), SignaturePolicy.REQUIRE, Crossings.NOW);

    AmqpMessage message =
        Crossings.passed(
            bridge.convert(BridgeVectors.delivery(Crossings.TOPIC, signed, Optional.of(verifier))));

    assertThat(message.header("peal-verdict").textValue()).isEqualTo("VALID");
    assertThat(message.header("peal-signer").textValue()).isEqualTo("app.example.org");
    assertThat(message.header("peal-origin-envelope").textValue()).doesNotContain("\"msg\":");
    ZmqOutput.Original original = restored(message);
    assertThat(original.topic()).isEqualTo(Crossings.TOPIC);
    assertThat(verifier.verify(original.payload(), null).verdict())
        .isInstanceOf(Verdict.Valid.class);
    AmqpMessage changed =
        new AmqpMessage(
            message.topic(),
            message.id(),
            message.headers(),
            BridgeVectors.object("{\"a\": 2}"),
            Optional.empty(),
            Optional.empty());
    assertThat(verifier.verify(restored(changed).payload(), null).verdict())
        .isInstanceOf(Verdict.Invalid.class);
  }

  private static ZmqOutput.Original restored(AmqpMessage message) {
    AmqpToZmq restoring = new AmqpToZmq(Crossings.rules("b9", false), true, Crossings.NOW);
    return (ZmqOutput.Original) Crossings.passed(restoring.convert(message, "zmq.topic"));
  }

  private static Verifier verifier(Path authority) {
    TrustSnapshot trust = new TrustFiles(authority, Optional.empty()).load();
    return X509Verifier.builder(() -> trust).clock(Crossings.NOW).build();
  }
}
