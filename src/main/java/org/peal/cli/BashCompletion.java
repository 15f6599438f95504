package org.peal.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes what completes command lines in bash, and in zsh by its emulation of bash. Stateless.
 *
 * <p>picocli's generator works from Java types; so it gets a copy of the model whose types say what
 * may be completed.
 */
final class BashCompletion {

  private static final String NO_FILES = "type compopt &>/dev/null && compopt +o default";

  private BashCompletion() {}

  static String script(List<CommandModel> models) {
    CommandSpec peal = CommandSpec.create().name("peal");
    peal.addOption(OptionSpec.builder("-h", "--help").arity("0").type(boolean.class).build());
    peal.addOption(OptionSpec.builder("-V", "--version").arity("0").type(boolean.class).build());
    models.stream()
        .filter(model -> !model.isAlias())
        .forEach(model -> peal.addSubcommand(model.word(), copy(model)));
    StringBuilder script = new StringBuilder(AutoComplete.bash("peal", new CommandLine(peal)));
    models.stream()
        .filter(CommandModel::isAlias)
        .forEach(model -> script.append(AutoComplete.bash(model.word(), copy(model))));
    return models.stream()
        .filter(BashCompletion::mayAlsoBeAFile)
        .map(model -> "function _picocli_" + String.join("_", model.words()) + "() {")
        .reduce(script.toString(), BashCompletion::withFilesWhereNoWordFits);
  }

  private static boolean mayAlsoBeAFile(CommandModel model) {
    return model.spec().positionalParameters().stream()
        .anyMatch(arg -> CommandModel.takesFile(arg) && !CommandModel.choices(arg).isEmpty());
  }

  /** picocli knows words or files, not both; bash itself takes files where nothing else fits. */
  private static String withFilesWhereNoWordFits(String script, String function) {
    int start = script.indexOf(function);
    int line = script.indexOf(NO_FILES, start);
    return start < 0 || line < 0
        ? script
        : script.substring(0, line) + script.substring(line + NO_FILES.length());
  }

  private static CommandLine copy(CommandModel model) {
    CommandSpec copy = CommandSpec.create().name(model.word());
    model.options().forEach(option -> copy.addOption(copy(option)));
    model.spec().positionalParameters().forEach(each -> copy.addPositional(copy(each)));
    model.children().forEach(child -> copy.addSubcommand(child.word(), copy(child)));
    return new CommandLine(copy);
  }

  private static OptionSpec copy(OptionSpec option) {
    OptionSpec.Builder copy = OptionSpec.builder(CommandModel.names(option).toArray(String[]::new));
    if (!CommandModel.takesValue(option)) {
      return copy.arity("0").type(boolean.class).build();
    }
    // picocli names a variable of the script after the label; equal ones would overwrite each
    // other.
    return copy.arity("1")
        .paramLabel(option.longestName())
        .type(type(option))
        .completionCandidates(choices(option))
        .build();
  }

  private static PositionalParamSpec copy(PositionalParamSpec positional) {
    return PositionalParamSpec.builder()
        .index(positional.index())
        .arity(positional.arity())
        .paramLabel(positional.paramLabel())
        .type(type(positional))
        .completionCandidates(choices(positional))
        .build();
  }

  private static Class<?> type(ArgSpec arg) {
    return CommandModel.takesFile(arg) ? Path.class : String.class;
  }

  private static @Nullable List<String> choices(ArgSpec arg) {
    List<String> choices = CommandModel.choices(arg);
    return choices.isEmpty() ? null : choices;
  }
}
