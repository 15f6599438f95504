package org.peal.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
  void matches_segmentBySegment(String pattern, String topic, boolean expected) {
    assertThat(TopicPattern.parse(pattern).matches(topic)).isEqualTo(expected);
    assertThat(TopicPattern.parse(pattern).matches(new Topic(topic))).isEqualTo(expected);
  }

  @Test
  void matches_anything_asDefinition() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 50_000; i++) {
      List<String> pattern = words(random, "a", "b", "*", "#", "#");
      List<String> topic = words(random, "a", "b");
      assertThat(new TopicPattern(pattern).matches(String.join(".", topic)))
          .as("seed %d: %s on %s", seed, pattern, topic)
          .isEqualTo(matchesByDefinition(pattern, topic));
    }
  }

  private static List<String> words(SplittableRandom random, String... choices) {
    return IntStream.rangeClosed(0, random.nextInt(7))
        .mapToObj(i -> choices[random.nextInt(choices.length)])
        .toList();
  }

  private static boolean matchesByDefinition(List<String> pattern, List<String> topic) {
    if (pattern.isEmpty()) {
      return topic.isEmpty();
    }
    List<String> rest = pattern.subList(1, pattern.size());
    if (pattern.get(0).equals("#")) {
      return IntStream.rangeClosed(0, topic.size())
          .anyMatch(taken -> matchesByDefinition(rest, topic.subList(taken, topic.size())));
    }
    return !topic.isEmpty()
        && (pattern.get(0).equals("*") || pattern.get(0).equals(topic.get(0)))
        && matchesByDefinition(rest, topic.subList(1, topic.size()));
  }

  @Test
  void matches_manyWildcards_doesNotBlowUp() {
    String pattern = "#.a.".repeat(1000) + "b";
    String topic = IntStream.range(0, 3000).mapToObj(i -> "a").collect(Collectors.joining("."));
    assertThat(TopicPattern.parse(pattern).matches(topic)).isFalse();
    assertThat(TopicPattern.parse(pattern).matches(topic + ".b")).isTrue();
  }

  @Test
  void isPattern_needsAWholeWildcardSegment() {
    assertThat(List.of("*", "a.*", "#.b", "a.#.b")).allMatch(TopicPattern::isPattern);
    assertThat(List.of("a", "a*.b", "##", "a.b#", "")).noneMatch(TopicPattern::isPattern);
  }

  @Test
  void literalSegments_countsWhatIsNoWildcard() {
    assertThat(TopicPattern.parse("a.*.#.b.c").literalSegments()).isEqualTo(3);
    assertThat(TopicPattern.parse("#").literalSegments()).isZero();
  }

  @Test
  void parse_isAValue() {
    assertThat(TopicPattern.parse("a.*")).isEqualTo(TopicPattern.parse("a.*")).hasToString("a.*");
    assertThatThrownBy(() -> new TopicPattern(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
