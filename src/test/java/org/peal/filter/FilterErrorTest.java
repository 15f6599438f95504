package org.peal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterErrorTest {

  /** The place is given by the characters that the carets stand under. */
  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | `` | expected a field, not the end",
        "servce == 'bodhi' | servce | unknown field \"servce\", did you mean \"service\"?",
        "msg.owner == 'a' | msg | unknown field \"msg\", did you mean \"body\"?",
        "owner == 'a' | owner | what a message says is in body, as in body.owner",
        "i == 1 | i | did you mean \"envelope.i\"?",
        "'bodhi' == service | 'bodhi' | a field must stand on the left",
        "service | `` | expected an operator, not the end",
        "service bodhi | bodhi | expected an operator, not \"bodhi\"; operators are ==, !=,",
        "service containz 'b' | containz | did you mean \"contains\"?",
        "service like 'b' | like | did you mean \"glob\"?",
        "service EXISTS | EXISTS | did you mean \"exists\"?",
        "service = 'bodhi' | = | \"=\" is not an operator, did you mean ==?",
        "service =~ 'bodhi' | =~ | did you mean matches?",
        "service ~ 'bodhi' | ~ | did you mean matches?",
        "service exists && event exists | && | did you mean and?",
        "! service exists | ! | did you mean not?",
        "service == bodhi | bodhi | a string is written in quotes: \"bodhi\"",
        "service == None | None | null is written null",
        "body.a == True | True | written in lower case",
        "service == | `` | expected a value, not the end",
        "service == 'bodhi | ' | has no end; a ' is missing",
        "service == 'bo\\dhi' | \\d | a backslash of the string itself",
        "service < true | true | only numbers and strings have an order",
        "service not == 'a' | == | expected an operator, not \"==\"",
        "service in 'a' | 'a' | expected a list as in [\"a\", \"b\"]",
        "service in [] | ] | expected a value",
        "service in ['a' 'b'] | 'b' | expected \"]\", not a string",
        "service matches bodhi | bodhi | matches takes a string in quotes",
        "service matches '(' | '(' | not a usable regular expression (RE2): missing closing )",
        "service matches '(?=a)' | '(?=a)' | invalid or unsupported Perl syntax",
        "service glob 'a\\\\' | 'a\\\\' | must follow the last backslash",
        "service.name == 1 | . | service is a single value, nothing is inside",
        "body. == 1 | == | expected a name; any other key is written [\"..\"]",
        "body.0 == 1 | 0 | an index [0]",
        "body[x] == 1 | x | expected ], an index or a quoted key",
        "body[-1] == 1 | -1 | an index is a whole number from 0: -1",
        "body[0 == 1 | == | expected \"]\", not \"==\"",
        "body == 01 | 01 | \"01\" is not a number as in JSON",
        "body == 1.2.3 | 1.2.3 | is not a number as in JSON",
        "body == 1e999 | 1e999 | number is too large",
        "(service exists | ( | this ( is never closed",
        "(service exists 1) | 1 | expected \"and\", \"or\" or \")\", not \"1\"",
        "service exists) | ) | this ) closes nothing",
        "service exists AND event exists | AND | did you mean \"and\"?",
        "service exists event | event | expected \"and\", \"or\" or the end",
        "service == § | § | unexpected character \"§\"",
      })
  void compile_wrongText_tellsPlaceAndRemedy(String text, String place, String problem) {
    FilterException e = failure(text);
    assertThat(e).hasMessageContaining(problem);
    int start = place.isEmpty() ? text.length() : text.lastIndexOf(place);
    if (place.equals("'") || place.equals("(")) {
      start = text.indexOf(place);
    }
    assertThat(e.column()).as(e.excerpt()).isEqualTo(start + 1);
    assertThat(e.excerpt())
        .isEqualTo(text + "\n" + " ".repeat(start) + "^".repeat(Math.max(1, place.length())));
  }

  @Test
  void compile_problemOnAnotherLine_countsLinesAndCodePoints() {
    FilterException e =
        failure("service exists\n  and body['\ud83d\udd14\t'] = 1\n  and event exists");
    assertThat(e).hasMessageStartingWith("line 2, column 18: \"=\" is not");
    assertThat(e.excerpt()).isEqualTo("  and body['\ud83d\udd14 '] = 1\n                 ^");
  }

  @Test
  void compile_longLine_showsWhatIsNear() {
    String exists = "service exists and ";
    FilterException e =
        failure(exists.repeat(20) + "servce exists" + " and service exists".repeat(20));
    assertThat(e.excerpt().lines())
        .containsExactly(
            "... exists and service exists and service exists and servce exists and service exist...",
            " ".repeat(53) + "^^^^^^");
    assertThat(e.column()).isEqualTo(20 * exists.length() + 1);
  }

  private static FilterException failure(String text) {
    FilterException e = catchThrowableOfType(FilterException.class, () -> Filter.compile(text));
    assertThat(e).as(text).isNotNull();
    return e;
  }
}
