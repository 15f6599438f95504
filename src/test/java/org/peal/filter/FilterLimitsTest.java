package org.peal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterLimitsTest {

  private static final String HUGE = "a".repeat(2 * Filter.MAX_STEPS);

  @Test
  void compile_longestText_isTakenAndOneMoreIsNot() {
    String longest = "user exists" + " ".repeat(Filter.MAX_LENGTH - "user exists".length());
    assertThatCode(() -> Filter.compile(longest)).doesNotThrowAnyException();
    assertRefused(longest + " ", "an expression may have 16384 characters, this has 16385");
  }

  @Test
  void compile_manyParts_areRefused() {
    int parts = 2; // a test and what joins it
    String most = "user exists" + " or user exists".repeat(Filter.MAX_PARTS / parts - 1);
    assertThat(Filter.compile(most).matches(Subjects.withBody("1"))).isFalse();
    assertRefused(most + " or user exists", "an expression may have 1000 parts");
    assertRefused("body" + "[]".repeat(Filter.MAX_PARTS + 1) + " exists", "may have 1000 parts");
    assertRefused("body in [" + "1, ".repeat(Filter.MAX_PARTS) + "1]", "may have 1000 parts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "not ", "not ("})
  void compile_deepNesting_isRefused(String opening) {
    assertRefused(opening.repeat(500) + "user exists", "nested deeper than 100 levels");
  }

  @Test
  void compile_longLiteral_isRefused() {
    assertRefused("body == '" + "a".repeat(1001) + "'", "may have 1000 characters, this has 1001");
    assertRefused("body == " + "1".repeat(1001), "may have 1000 characters, this has 1001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(x{1000}){1000}",
        "((x{100}){100}){100}",
        "((((x{9,999}){9,999})*){9,}){999}",
        "x{1000}y",
        "(?:x{500}){3}",
      })
  void compile_regexThatUnrollsToMuch_isRefused(String regex) {
    assertRefused("body matches '" + regex + "'", "not a usable regular expression (RE2): its ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "^([0-9]{1,3}[.]){3}[0-9]{1,3}$",
        "(?i)fedora-[0-9]{2}",
        "x{500}",
      })
  void compile_ordinaryRepetitions_areTaken(String regex) {
    assertThatCode(() -> Filter.compile("body matches '" + regex + "'")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body.text contains 'b'",
        "body.text glob '*b'",
        "body.text pattern '#.b'",
        "body.text matches 'b'",
        "body.list[] == 1",
        "body.list[] in [1, 2, 3, 4]",
        "not body.text matches 'b'",
        "body.text matches 'b' or service == 'shop'",
      })
  void test_hugeMessage_isTooExpensive(String expression) {
    String list = "0,".repeat(Filter.MAX_STEPS / 2) + "0";
    Subject subject = Subjects.withBody("{\"text\": \"" + HUGE + "\", \"list\": [[" + list + "]]}");
    Filter filter = Filter.compile(expression.replace("list[]", "list[][]"));
    Answer expected = expression.endsWith("== 1") ? Answer.NO_MATCH : Answer.TOO_EXPENSIVE;
    assertThat(filter.test(subject)).isEqualTo(expected);
    assertThat(filter.matches(subject)).isFalse();
  }

  @Test
  void test_decidedBeforeTheLimit_isAnswered() {
    Subject subject = Subjects.withBody("\"" + HUGE + "\"");
    assertThat(Filter.compile("service == 'shop' or body matches 'b'").test(subject))
        .isEqualTo(Answer.MATCH);
    assertThat(Filter.compile("service != 'shop' and body matches 'b'").test(subject))
        .isEqualTo(Answer.NO_MATCH);
    assertThat(Filter.compile("body == 'a'").test(subject)).isEqualTo(Answer.NO_MATCH);
  }

  @Test
  void test_hugeTopic_isNotSplit() {
    Subject subject = Subjects.withTopic(".".repeat(2 * Filter.MAX_STEPS));
    assertThat(Filter.compile("service == '' and object == '' and event == ''").test(subject))
        .isEqualTo(Answer.MATCH);
    assertThat(Filter.compile("topic pattern '#'").test(subject)).isEqualTo(Answer.TOO_EXPENSIVE);
  }

  private static void assertRefused(String expression, String problem) {
    assertThatThrownBy(() -> Filter.compile(expression))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining(problem);
  }
}
