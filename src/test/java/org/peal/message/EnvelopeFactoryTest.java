package org.peal.message;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.json.CanonicalJson;

class EnvelopeFactoryTest {

  private static final Topic TOPIC = new Topic("org.example.dev.logger.log");

  private final EnvelopeFactory factory =
      new EnvelopeFactory(
          InstantSource.fixed(Instant.parse("2023-11-14T22:13:57.999Z")),
          TimeZone.getTimeZone("UTC"),
          () -> UUID.fromString("f1c49f0b-5caf-49e6-b79a-cc54bcfac602"),
          "jo");

  @Test
  void create_givesTheMembersOfFedmsg() {
    Envelope envelope = factory.create(TOPIC, Trees.parse("{\"log\":\"hi\"}"));
    assertThat(CanonicalJson.write(envelope.tree()))
        .asString()
        .isEqualTo(
            "{\"i\":1,\"msg\":{\"log\":\"hi\"},"
                + "\"msg_id\":\"2023-f1c49f0b-5caf-49e6-b79a-cc54bcfac602\","
                + "\"timestamp\":1700000037,\"topic\":\"org.example.dev.logger.log\","
                + "\"username\":\"jo\"}");
  }

  @Test
  void create_counterGoesUpByOne_fromManyThreads() {
    JsonNode body = Trees.parse("{\"a\":1}");
    assertThat(
            IntStream.range(0, 1000)
                .parallel()
                .mapToObj(n -> factory.create(TOPIC, body).counter().orElseThrow())
                .collect(toSet()))
        .hasSize(1000)
        .contains(1L, 1000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "{}", "[]", "0", "0.0", "-0.0", "\"\""})
  void create_falseBody_becomesEmptyObject(String body) {
    assertThat(factory.create(TOPIC, Trees.parse(body)).body()).isEqualTo(Trees.parse("{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "{\"a\":null}", "[0]", "1", "1e-300", "NaN", "\"0\"", "1e400"})
  void create_otherBody_isKept(String body) {
    JsonNode tree = Trees.parse(body);
    assertThat(factory.create(TOPIC, tree).body()).isSameAs(tree);
  }

  @Test
  void create_headers_onlyWhenThereAreSome() {
    JsonNode body = Trees.parse("{\"a\":1}");
    assertThat(factory.create(TOPIC, body, Map.of()).tree().has("headers")).isFalse();
    assertThat(factory.create(TOPIC, body, Map.of("peal-x", "1")).headers())
        .hasValueSatisfying(
            headers -> assertThat(headers).isEqualTo(Trees.parse("{\"peal-x\":\"1\"}")));
  }

  @Test
  void loginName_firstThatIsSet() {
    assertThat(EnvelopeFactory.loginName(Map.of("USER", "b", "LOGNAME", "a"))).isEqualTo("a");
    assertThat(EnvelopeFactory.loginName(Map.of("USERNAME", "d", "LNAME", "c"))).isEqualTo("c");
    assertThat(EnvelopeFactory.loginName(Map.of("LOGNAME", "", "USER", "b"))).isEqualTo("b");
    assertThat(EnvelopeFactory.loginName(Map.of())).isEqualTo(System.getProperty("user.name"));
  }
}
