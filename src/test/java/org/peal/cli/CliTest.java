package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peal.cli.InProcess.Result;

class CliTest {

  @TempDir Path folder;

  private Result run(String... args) {
    return InProcess.in(folder).run(args);
  }

  @Test
  void run_nothing_showsTheOverviewAsAMistake() {
    Result result = run();
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("Usage: peal COMMAND");
  }

  @ParameterizedTest
  @CsvSource({"-h", "--help", "help"})
  void run_help_showsTheOverviewAsData(String option) {
    Result result = run(option);
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("Usage: peal COMMAND").contains("  logger ");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void run_helpWithACommand_showsItsHelp() {
    assertThat(run("help", "tail").out()).startsWith("Usage: peal tail");
  }

  @ParameterizedTest
  @CsvSource({"-V", "--version"})
  void run_version_tellsProgramAndJava(String option) {
    assertThat(run(option).out()).matches("peal \\S+.* on Java \\S+, signatures by .+\n");
  }

  @Test
  void run_mistypedCommand_suggestsTheNearest() {
    Result result = run("tial");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "peal: unknown command \"tial\"; did you mean \"tail\"? (peal --help lists all)\n");
  }

  @Test
  void run_commandLikeNoOther_suggestsNothing() {
    assertThat(run("frobnicate").err())
        .isEqualTo("peal: unknown command \"frobnicate\" (peal --help lists all)\n");
  }

  @Test
  void run_repeatedOption_takesAllValues() {
    // Both addresses are read, so it is the second that is complained about.
    Result result = run("tail", "--connect", "tcp://127.0.0.1:1", "--connect", "nowhere");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains("--connect: address must look like tcp://host:port: \"nowhere\"");
  }
}
