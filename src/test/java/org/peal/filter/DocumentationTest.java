package org.peal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/filters.md} says what the code does. */
class DocumentationTest {

  private static String text() throws IOException {
    return Files.readString(Path.of("docs/filters.md"));
  }

  @Test
  void examples_all_compile() throws IOException {
    List<String> examples =
        Pattern.compile("--where '(.*)'")
            .matcher(text())
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(examples).hasSizeGreaterThan(2);
    for (String example : examples) {
      assertThatCode(() -> Filter.compile(example)).as(example).doesNotThrowAnyException();
    }
  }

  @Test
  void fields_all_areDescribed() throws IOException {
    assertThat(text()).contains(Field.words().stream().map(word -> "`" + word + "`").toList());
  }

  @Test
  void limits_all_areThoseOfTheCode() throws IOException {
    assertThat(text())
        .contains("| characters | 16,384 |", "values | 1,000 |", "| 100 levels |")
        .contains("1,000 characters |", "1,000 instructions |", "1,000,000 steps");
    assertThat(List.of(Filter.MAX_LENGTH, Filter.MAX_PARTS, Filter.MAX_DEPTH, Filter.MAX_LITERAL))
        .containsExactly(16_384, 1_000, 100, 1_000);
    assertThat(List.of(Regex.MAX_SIZE, Filter.MAX_STEPS)).containsExactly(1_000, 1_000_000);
  }
}
