package org.peal.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPatternTest {

  @ParameterizedTest
  @CsvSource({
    "a.b, a.b, true",
    "a.b, a.bc, false",
    "a.b, a.b.c, false",
    "a.*, a.b, true",
    "a.*, a, false",
    "a.*, a., true",
    "a.*, a.b.c, false",
    "*.b, a.b, true",
    "a*.b, ab.b, false",
    "a.#, a, true",
    "a.#, a.b.c, true",
    "a.#, ab, false",
    "#, a.b, true",
    "#.b, b, true",
    "#.b, a.b.b, true",
    "#.b, a.b.c, false",
    "#.a.#, a, true",
    "#.a.#.b.#, x.a.y.y.b.z, true",
    "#.a.#.b.#, x.b.y.y.a.z, false",
    "#.*, a, true",
    "*.#.*, a, false",
    "*.#.*, a.b, true",
    "a.#.#.b, a.b, true"
  })
  void matches(String pattern, String topic, boolean expected) {
    assertThat(TopicPattern.parse(pattern).matches(topic)).isEqualTo(expected);
  }
}
