package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Reason;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.SchemeVerifier;
import org.peal.crypto.Signed;
import org.peal.crypto.Signer;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.json.CanonicalJson;
import org.peal.message.Scheme;

class SigningGateTest {

  private static final String TOPIC = "org.example.dev.test.any";

  /** Signatures that are the signer's name. */
  private static final Signer US =
      unsigned -> {
        ObjectNode signed = unsigned.deepCopy();
        return signed.put("crypto", "x509").put("certificate", "-").put("signature", "us");
      };

  private final SigningGate gate = new SigningGate(verifier(RoutingPolicy.OPEN), US, 1000);

  private static Verifier verifier(RoutingPolicy policy) {
    SchemeVerifier names =
        new SchemeVerifier() {
          @Override
          public Scheme scheme() {
            return Scheme.X509;
          }

          @Override
          public Signed verify(ObjectNode message, Instant now) {
            return new Signed(
                message.path("signature").asText(),
                Verdict.Coverage.ENVELOPE,
                Optional.empty(),
                Optional.empty());
          }
        };
    return MessageVerifier.builder().allow(names).policy(() -> policy).build();
  }

  private static ObjectNode message() {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("topic", TOPIC).putObject("msg").put("log", "x");
    return message;
  }

  private static RawMessage raw(String topic, String payload) {
    return new RawMessage(
        new Origin("test", "tcp://127.0.0.1:1"),
        topic.getBytes(StandardCharsets.UTF_8),
        payload.getBytes(StandardCharsets.UTF_8),
        Instant.EPOCH);
  }

  private static Optional<Reason> reason(Passage passage) {
    return passage.problem().map(Verdict.Invalid::reason);
  }

  @Test
  void pass_signedMessage_isLeftAsItIs() {
    RawMessage raw = raw(TOPIC, " " + US.sign(message()));
    Passage passage = gate.pass(raw);
    assertThat(passage.payload().orElseThrow()).isSameAs(raw.payload());
    assertThat(passage.isSignedHere()).isFalse();
  }

  @Test
  void pass_messageWithoutCredentials_isSignedInCanonicalForm() {
    Passage passage = gate.pass(raw(TOPIC, " " + message()));
    assertThat(passage.isSignedHere()).isTrue();
    assertThat(passage.payload().orElseThrow()).isEqualTo(CanonicalJson.write(US.sign(message())));
  }

  @Test
  void pass_remainsOfCredentials_areNeverSigned() {
    for (String rest : List.of("crypto", "signature", "certificate")) {
      Passage passage = gate.pass(raw(TOPIC, message().put(rest, "gone").toString()));
      assertThat(passage.isSignedHere()).as(rest).isFalse();
    }
    assertThat(reason(gate.pass(raw(TOPIC, message().put("crypto", "other").toString()))))
        .contains(Reason.SCHEME_REFUSED);
  }

  @Test
  void pass_topicThatOurSignerMayNotUse_isRefused() {
    RoutingPolicy policy =
        new RoutingPolicy(List.of(new RoutingPolicy.Rule(TOPIC, Set.of("others"))), false);
    Passage passage =
        new SigningGate(verifier(policy), US, 1000).pass(raw(TOPIC, message().toString()));
    assertThat(passage.payload()).isEmpty();
    assertThat(reason(passage)).contains(Reason.NOT_PERMITTED);
  }

  @Test
  void pass_otherTopicFrame_isRefused() {
    assertThat(reason(gate.pass(raw("other", message().toString()))))
        .contains(Reason.TOPIC_MISMATCH);
  }

  @Test
  void pass_whatIsNoMessage_isRefused() {
    for (String text : List.of("[]", "nonsense", "{\"topic\":1,\"msg\":{}}", "{\"topic\":\"x\"}")) {
      Passage passage = gate.pass(raw(TOPIC, text));
      assertThat(reason(passage)).as(text).contains(Reason.MALFORMED);
      assertThat(passage.payload()).as(text).isEmpty();
    }
  }

  @Test
  void pass_tooLargeWithItsSignature_isRefused() {
    RawMessage raw = raw(TOPIC, message().put("filler", "x".repeat(930)).toString());
    assertThat(raw.payload().length).isLessThan(1000);
    Passage passage = gate.pass(raw);
    assertThat(reason(passage)).contains(Reason.MALFORMED);
    assertThat(passage.problem().orElseThrow().detail()).contains("zmq.max-message is 1000");
  }
}
