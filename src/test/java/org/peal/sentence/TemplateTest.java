package org.peal.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  private static final String BODY =
      "{\"a\":\"one\",\"n\":2,\"no\":null,\"empty\":\"\",\"list\":[\"y\",\"x\",\"y\"],"
          + "\"many\":[\"d\",\"b\",\"c\",\"a\"],\"o\":{\"name\":\"deep\",\"yes\":true},"
          + "\"each\":[{\"k\":\"1\"},{\"k\":\"2\"},{\"z\":0}],"
          + "\"build\":\"tiny-tool-1.0-2\",\"long\":\"abcdefghij\",\"text\":\"first\\n\\nsecond\","
          + "\"ref\":\"refs/heads/main\",\"mail\":\"ann@example.org\","
          + "\"id\":\"https://ann.id.example.org/\",\"csv\":\"a-1-1, b-1-1,,\"}";

  private static @Nullable String write(String template) {
    return TemplateParser.parse(template, Map.of()).write(new Subject(Messages.body(BODY)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "plain ! plain",
        "{a} and {n} ! one and 2",
        "{o.name}, {o.yes} ! deep, true",
        "{list} ! x and y",
        "{many} ! a, b, and 2 others",
        "{each.*.k} ! 1 and 2",
        "{each.0.k}{each.-2.k} ! 12",
        "{**.k} ! 1 and 2",
        "{no|empty|missing|a} ! one",
        "{no|\"a text\"} ! a text",
        "x[ {no}] ! x",
        "x[ {a}] ! x one",
        "x[ {a}[ {no}]] ! x one",
        "{\"{\"}{a}{\"}\"} {\"[\"}b{\"]\"} ! {one} [b]",
        "[{\"[\"}{a}{\"]\"}] ! [one]",
        "{build:package} ! tiny-tool",
        "{csv:split ,:package} ! a and b",
        "{long:cut 8} ! abcde...",
        "{long:cut 10} ! abcdefghij",
        "{long:head 4} ! abcd",
        "{text:line} {text:more} ! first (..more)",
        "{a:more|\"no more\"} ! no more",
        "{ref:branch} {a:branch} ! main one",
        "{mail:account example.org} {id:account example.org} ! ann ann",
        "{mail:account example.com} ! ann@example.org",
        "{mail:before @} {mail:after @} ! ann example.org",
        "{a:not one|\"other\"} ! other",
        "{ref:without \"refs/\"} ! heads/main",
        "{list:count} {missing:count} ! 3 0",
        "{many:last} ! a",
        "{many:last:not a|long:head 3} ! abc",
        "{@service} {@1} {@2} {@event:words} ! svc thing done thing done",
        "{@prefix} {@environment} {@title} ! org.example prod svc.thing.done",
      })
  void write_template_givesText(String template, String expected) {
    assertThat(write(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "{no}",
    "{empty}",
    "{missing.deeper}",
    "x {o} y",
    "{each.9.k}",
    "{a.b}",
    "{a:not one}"
  })
  void write_fieldWithoutValue_givesNone(String template) {
    assertThat(write(template)).isNull();
  }

  @Test
  void write_longTexts_isCutWithoutTearingACharacter() {
    String emoji = "\ud83d\ude00";
    Subject subject = new Subject(Messages.body("\"x\""));
    Template template = TemplateParser.parse("x" + emoji.repeat(3000), Map.of());
    String text = template.write(subject);
    assertThat(text).hasSizeLessThanOrEqualTo(Limits.TEXT).startsWith("x" + emoji);
    assertThat(Character.isLowSurrogate(text.charAt(text.length() - 1))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{a ! { is not closed by }",
        "a} ! } closes nothing",
        "[a ! [ is not closed by ]",
        "a] ! ] closes nothing",
        "{} ! field must be names between dots",
        "{a..b} ! field must be names between dots",
        "{a b} ! field must be names between dots",
        "{$x} ! $x is not defined",
        "{@x} ! @x is unknown; known are environment, event",
        "{a:shout} ! unknown change \"shout\"; known are account, after",
        "{a:cut} ! change \"cut\" takes an argument",
        "{a:line 3} ! change \"line\" takes no argument",
        "{a:cut x} ! takes a number from 3 to 9999, not \"x\"",
        "{\"a} ! quotation mark is not closed",
        "{\"a\"b} ! only : or | may follow \"a\"",
        "[x[x[x[x[x[x{a}]]]]]] ! optional parts must nest at most 5 deep",
      })
  void parse_mistake_isExplained(String template, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemplateParser.parse(template, Map.of()))
        .withMessageContaining(message);
  }
}
