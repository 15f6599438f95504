package org.peal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.Topic;

class RoutingPolicyTest {

  @Test
  void permits_vectors_asFedmsg() throws IOException {
    for (String line : vectors()) {
      JsonNode row = parse(line);
      RoutingPolicy policy = RoutingPolicyReader.read(row, "row");

      Topic topic = new Topic(row.get("topic").textValue());
      assertThat(policy.permits(topic, row.get("signer").textValue()))
          .as(line)
          .isEqualTo(row.get("expect").booleanValue());
    }
  }

  private static List<String> vectors() throws IOException {
    try (InputStream in =
        RoutingPolicyTest.class.getResourceAsStream("/vectors/fedmsg/policy.jsonl")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.b.c, exact, true",
    "a.b.c, most, false",
    "a.b.x, most, true",
    "a.x.c, first, true",
    "a.x.c, second, false",
    "a.x.y, any, true",
    "b, any, true",
    "b, exact, false"
  })
  void permits_patterns_exactThenMostLiteralThenFirst(
      String topic, String signer, boolean expected) {
    RoutingPolicy policy =
        read("{'#':'any','a.*.c':'first','a.#.c':'second','a.b.*':'most','a.b.c':['exact']}");
    assertThat(policy.permits(new Topic(topic), signer)).isEqualTo(expected);
  }

  @Test
  void permits_nitpicky_patternsCover() {
    RoutingPolicy policy = read("{'a.#':['x']}").withNitpicky(true);
    assertThat(policy.permits(new Topic("a.b"), "x")).isTrue();
    assertThat(policy.permits(new Topic("b"), "x")).isFalse();
  }

  @Test
  void open_anything_permitted() {
    assertThat(RoutingPolicy.OPEN.permits(new Topic("a"), "")).isTrue();
  }

  @Test
  void read_printOfFedmsgConfig_policyTaken() {
    RoutingPolicy policy =
        read("{'routing_policy':{'a':'x'},'routing_nitpicky':true,'endpoints':{}}");
    assertThat(policy.nitpicky()).isTrue();
    assertThat(policy.rules()).extracting(RoutingPolicy.Rule::topic).containsExactly("a");
    assertThat(read("{'routing_policy':null,'routing_nitpicky':null}").rules()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                         | file: a routing policy must be a map",
        "{'a.b':1}                  | file: the signers of \"a.b\" must be a name or a list",
        "{'a.b':['x',null]}         | file: the signers of \"a.b\" must be a name or a list",
        "{'':[]}                    | file: a topic must not be empty",
        "{'routing_policy':[]}      | file: routing_policy must be a map",
        "{'routing_nitpicky':'yes'} | file: routing_nitpicky must be true or false",
      })
  void read_wrongTree_problemNamesPlace(String text, String problem) {
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith(problem);
  }

  private static RoutingPolicy read(String text) {
    return RoutingPolicyReader.read(parse(text.replace('\'', '"')), "file");
  }

  private static JsonNode parse(String text) {
    return StrictJson.parse(text.getBytes(UTF_8), JsonLimits.DEFAULT);
  }
}
