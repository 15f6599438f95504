package org.peal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

  private static final Subject UPDATE =
      Subjects.of(
          """
          {"topic": "org.fedoraproject.prod.bodhi.update.request.testing", "i": 7,
           "msg_id": "2026-1b2c", "timestamp": 1700000000.5, "username": "apache",
           "headers": {"peal-severity": "20"},
           "msg": {"update": {"user": {"name": "lmacken"}, "karma": 3, "alias": null,
                              "builds": [{"nvr": "bash-5.2-1.fc40", "epoch": 0},
                                         {"nvr": "zsh-5.9-2.fc40"}]},
                   "tags": ["stable", "critpath"], "scratch": false, "odd key": 1, "in": 2}}
          """);

  private static final Subject SIGNED = new Subject(UPDATE.envelope(), Optional.of("bodhi-app01"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic == 'org.fedoraproject.prod.bodhi.update.request.testing'",
        "environment == 'prod'",
        "service == 'bodhi'",
        "object == 'update'",
        "event == 'testing'",
        "id == '2026-1b2c'",
        "user == 'apache'",
        "timestamp > 1700000000",
        "signer == 'bodhi-app01'",
        "headers.peal-severity == '20'",
        "headers['peal-severity'] == '20'",
        "envelope.i == 7",
        "envelope.msg.update.karma == 3",
        "body.update.user.name == 'lmacken'",
        "body.tags[0] == 'stable'",
        "body.tags[] == 'critpath'",
        "body.update.builds[].nvr matches '^zsh-'",
        "body.update.builds[1].nvr glob 'zsh-*.fc40'",
        "body['odd key'] == 1",
        "body.in == 2",
        "body.tags exists",
        "body.update.alias exists",
        "body.update.alias == null",
        "body.scratch == false",
        "body.tags contains 'stable'",
        "body.update.user.name contains 'mack'",
        "topic pattern 'org.*.*.bodhi.#'",
        "topic glob '*.bodhi.*'",
        "service in ['koji', 'bodhi'] and body.update.karma >= 3",
        "service == 'koji' or event == 'testing' and body.update.karma < 4",
        "not service == 'koji'",
        "not (service == 'bodhi' and event == 'stable')",
      })
  void test_trueExpression_matches(String expression) {
    assertThat(Filter.compile(expression).test(SIGNED)).isEqualTo(Answer.MATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic == 'org'",
        "event == 'request'",
        "object == 'request'",
        "body == 1",
        "body.tags == 'stable'",
        "body.update[] exists",
        "body.update[0] exists",
        "body.tags.name exists",
        "body.tags[2] exists",
        "body.nothing exists",
        "body.scratch == 0",
        "body.scratch == 'false'",
        "body.update.karma == '3'",
        "body.update.karma < '4'",
        "body.update.alias == false",
        "body.tags contains 'stab'",
        "body.update contains 'karma'",
        "body.update.karma contains '3'",
        "body.update.karma glob '*'",
        "body.update.karma matches ''",
        "topic glob 'bodhi'",
        "service in ['koji']",
        "service not in ['bodhi']",
        "(service == 'koji' or event == 'testing') and body.update.karma > 3",
      })
  void test_falseExpression_doesNotMatch(String expression) {
    assertThat(Filter.compile(expression).test(SIGNED)).isEqualTo(Answer.NO_MATCH);
  }

  @ParameterizedTest(name = "{0} of a message without the field is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "body.x == 1 | false",
        "body.x != 1 | true",
        "body.x == null | false",
        "body.x != null | true",
        "body.x < 1 | false",
        "body.x >= 1 | false",
        "body.x in [1, null] | false",
        "body.x not in [1, null] | true",
        "body.x contains 'a' | false",
        "body.x not contains 'a' | true",
        "body.x glob '*' | false",
        "body.x not glob '*' | true",
        "body.x pattern '#' | false",
        "body.x matches '' | false",
        "body.x not matches '' | true",
        "body.x exists | false",
        "body.x not exists | true",
        "signer exists | false",
        "signer != 'a' | true",
      })
  void test_missing_isEqualToNothing(String expression, boolean expected) {
    assertThat(Filter.compile(expression).matches(UPDATE)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "with tags {0}, {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | body[] == 'a' | false",
        "[] | body[] != 'a' | true",
        "['b'] | body[] != 'a' | true",
        "['a', 'b'] | body[] == 'a' | true",
        "['a', 'b'] | body[] != 'a' | false",
        "['a', 'b'] | body[] not in ['c'] | true",
        "['a', 'b'] | body[] not in ['b'] | false",
        "[[1], [2, 3]] | body[][] == 3 | true",
        "[[1], [2, 3]] | body[][0] == 3 | false",
      })
  void test_eachElement_oneIsEnoughAndNotMeansNone(
      String body, String expression, boolean expected) {
    Subject subject = Subjects.withBody(body.replace('\'', '"'));
    assertThat(Filter.compile(expression).matches(subject)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "org.example.dev, , , ",
    "org.example.dev.shop, shop, , ",
    "org.example.dev.shop.log, shop, , log",
    "org.example.dev.shop.order.placed, shop, order, placed",
    "org.example.dev.shop.order.item.placed, shop, order, placed",
  })
  void test_partsOfTopic_areCountedFromTheFront(
      String topic, String service, String object, String event) {
    assertPart("service", service, topic);
    assertPart("object", object, topic);
    assertPart("event", event, topic);
  }

  private static void assertPart(String field, String value, String topic) {
    String expression = value == null ? field + " not exists" : field + " == '" + value + "'";
    assertThat(Filter.compile(expression).matches(Subjects.withTopic(topic)))
        .as(expression)
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "null", "\"a\"", "[]", "{}", "{\"topic\": 1, \"msg_id\": {}, \"msg\": []}"})
  void test_messageThatIsNone_hasNothingButItself(String json) {
    for (Field field : Field.values()) {
      if (field != Field.ENVELOPE && field != Field.BODY) {
        assertThat(Filter.compile(field.word() + " exists").matches(Subjects.of(json))).isFalse();
      }
    }
    assertThat(Filter.compile("envelope exists").matches(Subjects.of(json))).isTrue();
  }

  @Test
  void toString_anySpelling_isUniform() {
    assertThat(Filter.compile(" not(  service=='bodhi')and(body['a'].b[ 0 ] in['x',1.50])\n"))
        .hasToString("service != \"bodhi\" and body.a.b[0] in [\"x\", 1.5]");
  }

  @Test
  void compile_stringEscapes_areThoseOfJson() {
    Subject subject = Subjects.withBody("\"a\\\"'\\\\\\n\\u20ac\\/\"");
    assertThat(Filter.compile("body == \"a\\\"\\'\\\\\\n\\u20ac\\/\"").matches(subject)).isTrue();
  }
}
