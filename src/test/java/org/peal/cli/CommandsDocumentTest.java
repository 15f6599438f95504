package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peal.ExitCode;
import org.peal.testing.ExternalProcess;

/** {@code docs/commands.md} leaves nothing out. */
class CommandsDocumentTest {

  private static final Path DOCUMENT = ExternalProcess.checkout().resolve("docs/commands.md");

  @Test
  void document_everyCommand_hasARow() throws Exception {
    List<String> rows = rows("`");
    for (CommandModel model : Cli.models(Io.ofProcess())) {
      assertThat(rows)
          .as(model.name())
          .anyMatch(row -> row.matches(".*`" + model.name() + "[` ].*"));
    }
  }

  @Test
  void document_everyStatus_hasARow() throws Exception {
    List<String> numbers = rows("[0-9]").stream().map(row -> row.split("\\|")[1].strip()).toList();
    List<String> codes =
        Arrays.stream(ExitCode.values()).map(code -> String.valueOf(code.status())).toList();
    assertThat(numbers).containsAll(codes);
  }

  private static List<String> rows(String start) throws Exception {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.matches("\\| " + start + ".*"))
        .toList();
  }
}
