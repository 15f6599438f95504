package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peal.cli.CompletionCommand.Shell;
import org.peal.cli.InProcess.Result;
import picocli.CommandLine.Model.OptionSpec;

/** What the completion scripts know; {@code CompletionIT} runs them. */
class CompletionTest {

  private static final List<CommandModel> MODELS = Cli.models(Io.ofProcess());

  @TempDir Path folder;

  @Test
  void script_bash_hasEveryCommandAndOption() {
    String script = script(Shell.bash);
    for (CommandModel model : all()) {
      String name = String.join("_", model.words());
      String function = "function _picocli_" + (model.isAlias() ? name : name.replace("-", ""));
      assertThat(script).contains(function + "() {");
      String body = script.substring(script.indexOf(function + "() {"));
      for (OptionSpec option : model.options()) {
        assertThat(body.substring(0, body.indexOf("\n}")))
            .as(model.name())
            .contains(CommandModel.names(option).stream().map(n -> "'" + n + "'").toList());
      }
    }
  }

  @Test
  void script_bash_leavesFilesToBashWhereWordsAreNotAll() {
    assertThat(bashFunction("tail")).contains("compopt +o default");
    assertThat(bashFunction("config")).doesNotContain("compopt +o default").contains("crypto.crl");
  }

  private String bashFunction(String command) {
    String script = script(Shell.bash);
    String body = script.substring(script.indexOf("function _picocli_peal_" + command + "() {"));
    return body.substring(0, body.indexOf("\n}"));
  }

  @Test
  void script_fish_hasEveryCommandAndOption() {
    List<String> lines = script(Shell.fish).lines().toList();
    for (CommandModel model : all()) {
      String start =
          model.isAlias()
              ? "complete -c " + model.word() + " "
              : "complete -c peal -n '__peal_is "
                  + String.join(" ", model.words().subList(1, model.words().size()))
                  + "' ";
      for (OptionSpec option : model.options()) {
        for (String name : CommandModel.names(option)) {
          String form = name.replaceFirst("^--", " -l ").replaceFirst("^-", " -s ") + " ";
          assertThat(lines)
              .as(model.name() + name)
              .anyMatch(line -> line.startsWith(start) && (line + " ").contains(form));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_eachShell_printsNothingElse(Shell shell) {
    Result result = InProcess.in(folder).run("completion", shell.name());
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).endsWith("\n").doesNotContain("warm-up");
  }

  @Test
  void run_otherShell_isWrong() {
    Result result = InProcess.in(folder).run("completion", "tcsh");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("tcsh", "bash, zsh, fish");
  }

  private String script(Shell shell) {
    return InProcess.in(folder).run("completion", shell.name()).out();
  }

  private static List<CommandModel> all() {
    return MODELS.stream().flatMap(CommandModel::all).toList();
  }
}
