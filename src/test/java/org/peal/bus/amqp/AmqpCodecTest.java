package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.bus.Draft;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.schema.Schemas;

class AmqpCodecTest {

  private final AmqpCodec codec = new AmqpCodec(Schemas.builtIn(), JsonLimits.DEFAULT);

  static Stream<Named<JsonNode>> published() {
    return AmqpVectors.rows("publish.jsonl").stream().map(AmqpCodecTest::named);
  }

  static Stream<Named<JsonNode>> received() {
    return AmqpVectors.rows("receive.jsonl").stream().map(AmqpCodecTest::named);
  }

  private static Named<JsonNode> named(JsonNode row) {
    return Named.of(row.path("name").textValue(), row);
  }

  @ParameterizedTest
  @MethodSource("published")
  void properties_recordedMessage_areTheSameBytes(JsonNode row) throws IOException {
    AmqpMessage message = AmqpVectors.message(row);

    byte[] header =
        AmqpCodec.properties(message).toFrame(1, AmqpVectors.body(row).length).getPayload();

    assertThat(header).isEqualTo(AmqpVectors.bytes(row, "content_header_b64"));
  }

  @ParameterizedTest
  @MethodSource("published")
  void body_recordedMessage_isTheSameBytes(JsonNode row) {
    byte[] body = AmqpVectors.body(row);

    assertThat(AmqpCodec.body(AmqpVectors.message(row))).isEqualTo(body);
  }

  @ParameterizedTest
  @MethodSource("published")
  void make_draftOfARecordedMessage_hasTheSameHeadersInTheSameOrder(JsonNode row) {
    AmqpMessage expected = AmqpVectors.message(row);
    if (expected.topic().isEmpty() || !expected.schema().equals("base.message")) {
      return; // no topic of ours; schemas have a test of their own
    }
    Draft draft =
        new Draft(
            new Topic(expected.topic()),
            expected.body(),
            withoutTheUsual(expected.headers()),
            expected.severity(),
            expected.id().map(MessageId::new),
            Optional.empty(),
            Optional.empty());
    MessageMaker maker =
        new MessageMaker(
            Schemas.builtIn(),
            expected.priority(),
            InstantSource.fixed(expected.sentAt().orElseThrow()),
            UUID::randomUUID);

    AmqpMessage made = maker.make(draft);

    assertThat(made).isEqualTo(expected);
    assertThat(AmqpCodec.properties(made)).isEqualTo(AmqpCodec.properties(expected));
    assertThat(List.copyOf(made.headers().properties()))
        .isEqualTo(List.copyOf(expected.headers().properties()));
  }

  private static ObjectNode withoutTheUsual(ObjectNode headers) {
    ObjectNode own = headers.deepCopy();
    own.remove(
        List.of(
            "fedora_messaging_schema",
            "fedora_messaging_schema_package",
            "sent-at",
            "fedora_messaging_severity",
            "priority"));
    return own;
  }

  @ParameterizedTest
  @MethodSource("published")
  void write_recordedMessage_isTheRecordersLine(JsonNode row) {
    if (!row.hasNonNull("record_line")) {
      return; // the large one was not recorded
    }
    byte[] list = AmqpVectors.bytes(row, "content_header_b64");
    BasicProperties properties =
        AmqpVectors.properties(Arrays.copyOfRange(list, Long.BYTES + 4, list.length));

    Received received =
        codec.decode(row.path("routing_key").textValue(), properties, AmqpVectors.body(row), "rec");

    assertThat(received).isInstanceOf(Received.Valid.class);
    byte[] line = RecordLine.write(((Received.Valid) received).message());
    assertThat(new String(line, StandardCharsets.UTF_8))
        .isEqualTo(row.path("record_line").textValue());
  }

  @ParameterizedTest
  @MethodSource("received")
  void decode_recordedMessage_endsAsInPython(JsonNode row) {
    String outcome = row.path("outcome").textValue();

    Received received = decode(codec, row);

    if (!outcome.equals("delivered")) {
      // What needs the schema is decided by the test of schemas.
      assertThat(
              received instanceof Received.Invalid
                  || row.path("name").textValue().equals("schema-body-invalid"))
          .isTrue();
      return;
    }
    assertThat(received).isInstanceOf(Received.Valid.class);
    AmqpMessage message = ((Received.Valid) received).message();
    JsonNode seen = row.path("received");
    assertThat(message.topic()).isEqualTo(seen.path("topic").textValue());
    assertThat(message.id().orElse(null)).isEqualTo(seen.path("id").textValue());
    assertThat(message.severity().number()).isEqualTo(seen.path("severity_attr").intValue());
    assertThat(message.priority().orElse(0)).isEqualTo(seen.path("priority").intValue());
    assertThat(message.body()).isEqualTo(seen.path("body"));
    if (!row.path("name").textValue().equals("extra-header-double")) {
      // Python's client cuts fractions off; here they stay.
      assertThat(message.headers().path("fedora_messaging_severity").asLong())
          .isEqualTo(seen.path("headers").path("fedora_messaging_severity").asLong());
    }
  }

  private static Received decode(AmqpCodec codec, JsonNode row) {
    return codec.decode(
        row.path("routing_key").textValue(),
        AmqpVectors.properties(AmqpVectors.bytes(row, "property_list_b64")),
        AmqpVectors.body(row),
        "q");
  }

  @Test
  void decode_anyHeaders_neverThrows() {
    Map<String, Object> deep = new HashMap<>();
    for (int level = 0; level < 60; level++) {
      deep = new HashMap<>(Map.of("in", deep));
    }
    BasicProperties properties = new BasicProperties.Builder().headers(deep).build();

    Received received = codec.decode("t", properties, "{}".getBytes(StandardCharsets.UTF_8), "q");

    assertThat(received).isInstanceOf(Received.Invalid.class);
    assertThat(((Received.Invalid) received).reason()).contains("nested deeper than 50");
  }

  @Test
  void decode_longBody_isRefusedBeforeItIsRead() {
    AmqpCodec small = new AmqpCodec(Schemas.builtIn(), new JsonLimits(10, 5, 5, 5));

    Received received =
        small.decode(
            "t", new BasicProperties(), "{ \"a\": 1 }x".getBytes(StandardCharsets.UTF_8), "q");

    assertThat(((Received.Invalid) received).reason())
        .isEqualTo("body of 11 bytes is longer than 10");
  }

  @Test
  void read_recordedLine_publishesAnEqualMessage() {
    for (String line : AmqpVectors.lines("record.txt")) {
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      ObjectNode said = (ObjectNode) StrictJson.parse(utf8, JsonLimits.DEFAULT);
      if (!said.path("headers").path("fedora_messaging_schema").asText().equals("base.message")) {
        continue;
      }

      AmqpMessage message = RecordLine.read(utf8, Schemas.builtIn());

      assertThat(message.body()).isEqualTo(said.path("body"));
      assertThat(message.topic()).isEqualTo(said.path("topic").textValue());
      assertThat(message.id()).contains(said.path("id").textValue());
      assertThat(message.headers()).isEqualTo(said.path("headers"));
      assertThat(message.priority()).contains(said.path("priority").intValue());
    }
  }

  @Test
  void read_unknownSchema_becomesTheBase() {
    AmqpMessage message =
        RecordLine.read(
            """
            {"topic": "t", "body": {}, "headers": {"fedora_messaging_schema": "nope"}, "priority": null}
            """
                .getBytes(StandardCharsets.UTF_8),
            Schemas.builtIn());

    assertThat(message.schema()).isEqualTo("base.message");
    assertThat(message.priority()).contains(0);
    assertThat(message.id()).hasValueSatisfying(id -> assertThat(UUID.fromString(id)).isNotNull());
  }

  @Test
  void asEnvelope_message_hasTheShapeOfTheOtherBus() {
    AmqpMessage message = AmqpVectors.message(AmqpVectors.rows("publish.jsonl").get(0));

    ObjectNode envelope = message.asEnvelope();

    assertThat(envelope.path("topic").textValue()).isEqualTo("hi");
    assertThat(envelope.path("msg").path("Hello").textValue()).isEqualTo("world");
    assertThat(envelope.path("timestamp").longValue())
        .isEqualTo(Instant.parse("2026-11-21T06:25:17Z").getEpochSecond());
    assertThat(envelope.path("msg_id").textValue()).isEqualTo(message.id().orElseThrow());
  }

  @Test
  void severity_none_isInfo() {
    AmqpMessage bare =
        new AmqpMessage(
            "t",
            Optional.empty(),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode(),
            Optional.empty(),
            Optional.empty());

    assertThat(bare.severity()).isEqualTo(Severity.INFO);
    assertThat(bare.sentAt()).isEmpty();
  }
}
