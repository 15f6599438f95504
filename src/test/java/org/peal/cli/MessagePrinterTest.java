package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.bus.Delivery;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.sentence.Sentences;

class MessagePrinterTest {

  private static final Colours PLAIN = Colours.choose(Colours.When.never, Map.of(), false);
  private static final String TOPIC = "org.fedoraproject.dev.logger.log";
  private static final String PAYLOAD =
      "{ \"topic\": \"org.fedoraproject.dev.logger.log\", \"username\": \"ann\","
          + " \"msg\": {\"log\": \"two  spaces\"}, \"timestamp\": 1700000000.0,"
          + " \"certificate\": \"c\", \"signature\": \"s\" }";
  private static final Sentences SENTENCES = Sentences.builtIn();
  private static final Verdict INVALID =
      new Verdict.Invalid(Reason.BAD_SIGNATURE, "does not fit\n\u001b[2J");

  private static String print(MessagePrinter printer, Delivery delivery) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output out = new Output(bytes);
    printer.print(delivery, out);
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Delivery delivery(@Nullable Verdict verdict) {
    return Samples.delivery(TOPIC, PAYLOAD, verdict);
  }

  @Test
  void json_envelope_losesOnlyItsWhiteSpace() {
    assertThat(print(MessagePrinter.json(), delivery(null)))
        .isEqualTo(
            "{\"topic\":\"org.fedoraproject.dev.logger.log\",\"username\":\"ann\","
                + "\"msg\":{\"log\":\"two  spaces\"},\"timestamp\":1700000000.0,"
                + "\"certificate\":\"c\",\"signature\":\"s\"}\n");
  }

  @Test
  void json_whatIsNoJson_isNotPrinted() {
    assertThat(print(MessagePrinter.json(), Samples.delivery(TOPIC, "nonsense", INVALID)))
        .isEmpty();
  }

  @Test
  void full_unverified_saysSo() {
    JsonNode peal = Samples.json(print(MessagePrinter.full(), delivery(null))).path("peal");
    assertThat(peal)
        .isEqualTo(
            Samples.json(
                "{\"verdict\":\"unverified\",\"signer\":null,"
                    + "\"endpoint\":\"tcp://127.0.0.1:4001\",\"endpoint-name\":\"relay_outbound\","
                    + "\"received-at\":\"2026-01-02T03:04:05.123456Z\",\"topic-frame\":\""
                    + TOPIC
                    + "\"}"));
  }

  @Test
  void full_valid_namesTheSigner() {
    JsonNode shown =
        Samples.json(print(MessagePrinter.full(), delivery(Samples.valid("ann-host"))));
    assertThat(shown.path("peal").path("verdict").asText()).isEqualTo("valid");
    assertThat(shown.path("peal").path("signer").asText()).isEqualTo("ann-host");
    assertThat(shown.path("peal").path("covers").asText()).isEqualTo("envelope");
    assertThat(shown.path("peal").path("key").asText()).isEqualTo("rsa");
    assertThat(shown.path("envelope")).isEqualTo(Samples.json(PAYLOAD));
  }

  @Test
  void full_invalid_tellsReasonAndDetail() {
    JsonNode peal = Samples.json(print(MessagePrinter.full(), delivery(INVALID))).path("peal");
    assertThat(peal.path("verdict").asText()).isEqualTo("invalid");
    assertThat(peal.path("reason").asText()).isEqualTo("BAD_SIGNATURE");
    assertThat(peal.path("detail").asText()).startsWith("does not fit");
    assertThat(peal.path("signer").isNull()).isTrue();
  }

  @Test
  void full_noJson_hasANullEnvelope() {
    String shown = print(MessagePrinter.full(), Samples.delivery(TOPIC, "\u0000", INVALID));
    assertThat(Samples.json(shown).path("envelope").isNull()).isTrue();
  }

  @Test
  void line_message_isTimeTopicSentenceSigner() {
    MessagePrinter line = MessagePrinter.line(PLAIN, ZoneOffset.UTC, SENTENCES);
    assertThat(print(line, delivery(Samples.valid("ann-host"))))
        .isEqualTo("22:13:20 " + TOPIC + " two  spaces (ann) [signed by ann-host]\n");
    assertThat(print(line, delivery(null)))
        .isEqualTo("22:13:20 " + TOPIC + " two  spaces (ann) [not verified]\n");
    assertThat(print(line, delivery(INVALID)))
        .endsWith("[INVALID BAD_SIGNATURE: does not fit \\u001b[2J]\n");
  }

  @Test
  void line_messageWithALink_showsIt() {
    Delivery linked =
        Samples.delivery(
            "a.b.dev.announce.x",
            "{\"topic\":\"a.b.dev.announce.x\",\"timestamp\":1700000000,"
                + "\"msg\":{\"message\":\"party\",\"link\":\"https://example.org/\"}}",
            null);
    assertThat(print(MessagePrinter.line(PLAIN, ZoneOffset.UTC, SENTENCES), linked))
        .isEqualTo("22:13:20 a.b.dev.announce.x party https://example.org/ [not verified]\n");
  }

  @Test
  void line_hostileTopicAndText_stayOnOneSafeLine() {
    Delivery hostile =
        Samples.delivery(
            "org.\u001b]0;x\u0007",
            "{\"topic\":\"a.b.c.logger.x\",\"msg\":{\"log\":\"\\u001b[31m\\r\\nfake line\"}}",
            Samples.valid("\u202eann"));
    String shown = print(MessagePrinter.line(PLAIN, ZoneOffset.UTC, SENTENCES), hostile);
    assertThat(shown.lines()).hasSize(1);
    assertThat(shown.strip()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e300", "-1e18", "NaN", "Infinity", "99999999999999999999", "\"x\"", "[]"})
  void line_senselessTimestamp_takesTheTimeOfReceipt(String timestamp) {
    String payload = "{\"topic\":\"a.b.c.d\",\"msg\":{},\"timestamp\":" + timestamp + "}";
    assertThat(
            print(
                MessagePrinter.line(PLAIN, ZoneOffset.UTC, SENTENCES),
                Samples.delivery("a.b.c.d", payload, null)))
        .startsWith("03:04:05 a.b.c.d ");
  }

  @Test
  void terse_message_isTitleSubtitleLink() {
    assertThat(print(MessagePrinter.terse(SENTENCES), delivery(null)))
        .isEqualTo("logger.log -- two  spaces (ann) \n");
    assertThat(print(MessagePrinter.terse(SENTENCES), delivery(INVALID)))
        .isEqualTo(
            "INVALID BAD_SIGNATURE (does not fit \\u001b[2J) logger.log -- two  spaces (ann) \n");
  }

  @Test
  void pretty_message_hasNoCredentialsAndAReadableTime() {
    assertThat(print(MessagePrinter.pretty(PLAIN, true, ZoneOffset.UTC), delivery(null)))
        .isEqualTo(
            """

            {
              "msg": {
                "log": "two  spaces"
              },
              "timestamp": "Tue Nov 14 22:13:20 2023",
              "topic": "org.fedoraproject.dev.logger.log",
              "username": "ann"
            }
            """);
  }

  @Test
  void pretty_firstDaysOfAMonth_arePaddedLikeTheOriginal() {
    Delivery early =
        Samples.delivery(TOPIC, "{\"topic\":\"a\",\"msg\":{},\"timestamp\":1698883200}", null);
    assertThat(print(MessagePrinter.pretty(PLAIN, true, ZoneOffset.UTC), early))
        .contains("\"Thu Nov  2 00:00:00 2023\"");
  }

  @Test
  void pretty_invalid_isMarkedFirst() {
    assertThat(print(MessagePrinter.pretty(PLAIN, false, ZoneOffset.UTC), delivery(INVALID)))
        .startsWith("\nINVALID BAD_SIGNATURE (does not fit \\u001b[2J)\n{\n")
        .contains("\"timestamp\": 1700000000.0");
  }

  @Test
  void query_paths_areJoined() {
    assertThat(print(MessagePrinter.query("msg.log,username"), delivery(null)))
        .isEqualTo("two  spaces, ann\n");
    assertThat(print(MessagePrinter.query("msg, nothing.here,timestamp"), delivery(null)))
        .isEqualTo("{\"log\":\"two  spaces\"}, None, 1700000000.0\n");
  }
}
