package org.peal.handler.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralStartTest {

  @ParameterizedTest
  @CsvSource({
    "^virt$, virt, true",
    "^virt-, virt-, true",
    "-devel$, -devel, false",
    "^f(?P<n>[0-9]+)$, f, true",
    "^el8\\.1\\., el8.1., true",
    "^virts?$, virt, true",
    "^fo{2}, f, true",
    "^ab*c, a, true",
    "a\\d, a, false",
    "^a(b)?c, a, true",
    "^a[bc], a, true"
  })
  void of_literalStart_isFound(String expression, String text, boolean isAtStart) {
    assertThat(LiteralStart.of(expression)).isEqualTo(new LiteralStart(text, isAtStart));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "^",
        "^a?",
        "a|b",
        "^a(?:b|c)",
        "(?i)a",
        "a(?i:b)",
        "(a)",
        "[a]",
        "\\d",
        ".*a",
        "^^a",
        "(?x) a",
        "\u00e4?b",
        "(?P<x>a)",
        "a(?",
        "{2}"
      })
  void of_anythingElse_isUnknown(String expression) {
    assertThat(LiteralStart.of(expression).text()).isEmpty();
    assertThat(LiteralStart.of(expression).mayBeIn("whatever")).isTrue();
  }

  @Test
  void mayBeIn_placeCounts() {
    assertThat(LiteralStart.of("^virt").mayBeIn("virt-manager")).isTrue();
    assertThat(LiteralStart.of("^virt").mayBeIn("libvirt")).isFalse();
    assertThat(LiteralStart.of("virt").mayBeIn("libvirt")).isTrue();
    assertThat(LiteralStart.of("virt").mayBeIn("VIRT")).isFalse();
  }
}
