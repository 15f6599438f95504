package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.peal.ExitCode;

class RegexOptionTest {

  @Test
  void compile_goodExpression_searches() {
    assertThat(RegexOption.compile("--include", "b.t").find("org.x.bot")).contains(true);
  }

  @Test
  void compile_wrongExpression_namesOptionExpressionAndFault() {
    assertThatThrownBy(() -> RegexOption.compile("--exclude", "a("))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessageContainingAll("--exclude", "\"a(\"", "Unclosed group");
  }
}
