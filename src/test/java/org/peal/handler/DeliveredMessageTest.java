package org.peal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.bus.Bus;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.message.Scheme;
import org.peal.message.Severity;
import org.peal.message.Topic;

class DeliveredMessageTest {

  private static final Verdict VALID =
      new Verdict.Valid(
          "svc-host", Scheme.X509, Verdict.Coverage.ENVELOPE, Optional.of(KeyKind.RSA));

  private static Delivery delivery(String payload, Verdict verdict) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return new Delivery(
        new RawMessage(
            new Origin("svc.host", "tcp://127.0.0.1:3000"), new byte[0], bytes, Instant.EPOCH),
        Optional.of(StrictJson.parse(bytes, JsonLimits.DEFAULT)),
        Optional.of(verdict));
  }

  @Test
  void of_envelope_everythingAHandlerNeeds() {
    Message message =
        DeliveredMessage.of(
                delivery(
                    "{\"topic\":\"a.b.dev.c.d\",\"msg\":{\"x\":1},\"timestamp\":1700000000,"
                        + "\"msg_id\":\"2023-1\","
                        + "\"headers\":{\"fedora_messaging_severity\":40,\"k\":\"v\"}}",
                    VALID))
            .orElseThrow();
    assertThat(message.bus()).isEqualTo(Bus.ZMQ);
    assertThat(message.id()).isEqualTo(new MessageId("2023-1"));
    assertThat(message.topic()).isEqualTo(new Topic("a.b.dev.c.d"));
    assertThat(message.body().path("x").intValue()).isEqualTo(1);
    assertThat(message.headers().path("k").textValue()).isEqualTo("v");
    assertThat(message.severity()).isEqualTo(Severity.ERROR);
    assertThat(message.sentAt()).contains(Instant.ofEpochSecond(1_700_000_000));
    assertThat(message.signer()).contains("svc-host");
    assertThat(message.origin().name()).isEqualTo("svc.host");
  }

  @Test
  void of_withoutId_copiesHaveOneNameAndOthersAnother() {
    MessageId first = DeliveredMessage.of(delivery(withCounter(1), VALID)).orElseThrow().id();
    MessageId copy = DeliveredMessage.of(delivery(withCounter(1), VALID)).orElseThrow().id();
    MessageId other = DeliveredMessage.of(delivery(withCounter(2), VALID)).orElseThrow().id();
    assertThat(copy).isEqualTo(first).isNotEqualTo(other);
  }

  private static String withCounter(int counter) {
    return "{\"topic\":\"a.b\",\"msg\":{},\"i\":%d}".formatted(counter);
  }

  @Test
  void of_refusedOrNoEnvelope_nothing() {
    Verdict refused = new Verdict.Invalid(Reason.BAD_SIGNATURE, "no");
    assertThat(DeliveredMessage.of(delivery("{\"topic\":\"a.b\",\"msg\":{}}", refused))).isEmpty();
    assertThat(DeliveredMessage.of(delivery("{\"topic\":\"a.b\"}", VALID))).isEmpty();
    assertThat(DeliveredMessage.of(delivery("[]", VALID))).isEmpty();
  }
}
