package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellFreeWordsTest {

  @Test
  void split_plainWords_splitsAtWhiteSpace() {
    assertThat(ShellFreeWords.split("--command", "  make\t-C  site,a_b x=1 @f 50% +x "))
        .containsExactly("make", "-C", "site,a_b", "x=1", "@f", "50%", "+x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a | b", "a & b", "a; b", "a > f", "a < f", "a $HOME", "a `b`", "a (b)", "a 'b c'", "a *",
        "a \"b\"", "a\\ b", "a ?", "a [x]", "a #b", "~/a", "a !b", "a {b,c}", "a ^b", "a\nb"
      })
  void split_whatAShellWouldRead_isRefused(String text) {
    assertThatThrownBy(() -> ShellFreeWords.split("--command", text))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("--command: \"")
        .hasMessageContaining("is for a shell")
        .hasMessageContaining("peal trigger -- COMMAND ARG..");
  }

  @Test
  void split_assignmentInFront_isRefused() {
    assertThatThrownBy(() -> ShellFreeWords.split("--command", "LANG=C date"))
        .hasMessageContaining("an assignment, \"LANG=C\", is for a shell");
  }
}
