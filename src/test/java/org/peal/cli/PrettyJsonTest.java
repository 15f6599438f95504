package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrettyJsonTest {

  private static String pretty(String text) {
    return PrettyJson.format(Samples.json(text), new Colours(false));
  }

  @Test
  void format_nested_indentsByTwo() {
    assertThat(pretty("{\"b\":[1,{\"x\":null}],\"a\":{}}"))
        .isEqualTo(
            """
            {
              "a": {},
              "b": [
                1,
                {
                  "x": null
                }
              ]
            }""");
  }

  @Test
  void format_scalarsAndEmpties_stayOnOneLine() {
    assertThat(pretty("[]")).isEqualTo("[]");
    assertThat(pretty("{}")).isEqualTo("{}");
    assertThat(pretty("-1.50")).isEqualTo("-1.5");
    assertThat(pretty("\"x\"")).isEqualTo("\"x\"");
    assertThat(pretty("[[],{}]")).isEqualTo("[\n  [],\n  {}\n]");
  }

  @Test
  void format_punctuationInStrings_isLeftAlone() {
    assertThat(pretty("{\"a\\\"b,:{[\\\\\":\"}],\\\\\"}"))
        .isEqualTo("{\n  \"a\\\"b,:{[\\\\\": \"}],\\\\\"\n}");
  }

  @Test
  void format_controlAndForeignCharacters_areEscaped() {
    assertThat(pretty("\"\u202e\u007f\ud83d\ude00\""))
        .isEqualTo("\"\\u202e\\u007f\\ud83d\\ude00\"");
  }

  @Test
  void format_colours_tellKeysFromValues() {
    String shown = PrettyJson.format(Samples.json("{\"a\":\"a\",\"b\":1}"), new Colours(true));
    assertThat(shown)
        .isEqualTo(
            "{\n  \u001b[34m\"a\"\u001b[0m: \u001b[32m\"a\"\u001b[0m,"
                + "\n  \u001b[34m\"b\"\u001b[0m: \u001b[33m1\u001b[0m\n}");
  }

  @Test
  void format_deepNesting_isNoProblem() {
    String deep = "[".repeat(490) + "]".repeat(490);
    assertThat(pretty(deep).lines()).hasSize(490 * 2 - 1);
  }
}
