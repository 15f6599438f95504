package org.peal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.peal.PealException.Category;

class ConfigExceptionTest {

  private static final Place PLACE = Place.of(Path.of("/x/a.yaml")).at(3, 5);

  @Test
  void getMessage_manyProblems_isBounded() {
    Problem problem = new Problem(PLACE, "a.b", "wrong");
    ConfigException exception = new ConfigException(Collections.nCopies(60, problem));

    assertThat(exception.problems()).hasSize(60);
    assertThat(exception.getMessage())
        .startsWith("/x/a.yaml:3:5: a.b: wrong\n")
        .endsWith("\nand 10 more problems")
        .hasLineCount(51);
    assertThat(exception.category()).isEqualTo(Category.FATAL);
  }

  @Test
  void toString_controlCharacters_cannotReachATerminal() {
    assertThat(new Problem(PLACE, "", "a\n\u001b[31mb$1\\"))
        .hasToString("/x/a.yaml:3:5: a\\u000a\\u001b[31mb$1\\");
  }

  @Test
  void toString_longText_isCut() {
    assertThat(new Problem(PLACE, "", "x".repeat(10_000)).toString()).hasSize(503);
  }
}
