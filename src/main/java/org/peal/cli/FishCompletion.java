package org.peal.cli;

import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what completes command lines in fish. For one script, by one thread. */
final class FishCompletion {

  /** A command is the words that follow the program's name directly. */
  private static final String HEAD =
      """
      # Completes the command lines of peal and its aliases.
      function __peal_is
          set -l words (commandline -opc)
          set -l last (math 1 + (count $argv))
          test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"
      end
      function __peal_ends
          test (count (commandline -opc)) -eq (math 1 + (count $argv)); and __peal_is $argv
      end
      """;

  private static final String AT_START = "test (count (commandline -opc)) -eq 1";

  private final StringBuilder out = new StringBuilder(HEAD);

  private FishCompletion() {}

  static String script(List<CommandModel> models) {
    FishCompletion fish = new FishCompletion();
    fish.line("peal", "", " -f");
    fish.line("peal", AT_START, " -s h -l help" + about("Show all commands."));
    fish.line("peal", AT_START, " -s V -l version" + about("Show the version."));
    for (CommandModel model : models) {
      if (model.isAlias()) {
        fish.line(model.word(), "", " -f");
      } else {
        fish.line("peal", AT_START, " -a " + model.word() + about(model.summary()));
      }
      model.all().forEach(fish::command);
    }
    return fish.out.toString();
  }

  private void command(CommandModel model) {
    String program = model.words().get(0);
    String below = String.join(" ", model.words().subList(1, model.words().size()));
    String here = below.isEmpty() ? "" : "__peal_is " + below;
    for (CommandModel child : model.children()) {
      String added = " -a " + child.word() + about(child.summary());
      line(program, below.isEmpty() ? AT_START : "__peal_ends " + below, added);
    }
    model.options().forEach(option -> line(program, here, option(option)));
    String condition = here;
    for (PositionalParamSpec each : model.spec().positionalParameters()) {
      condition = positional(program, condition, each);
    }
  }

  /** Writes what an argument may be and returns when the next one is due. */
  private String positional(String program, String here, PositionalParamSpec positional) {
    List<String> choices = CommandModel.choices(positional);
    if (choices.isEmpty()) {
      if (CommandModel.takesFile(positional)) {
        line(program, here, " -F");
      }
      return here;
    }
    String words = String.join(" ", choices);
    String seen = "__fish_seen_subcommand_from " + words;
    String before = here.isEmpty() ? "" : here + "; and ";
    String files = CommandModel.takesFile(positional) ? " -F" : "";
    line(program, before + "not " + seen, files + " -a " + quoted(words));
    return before + seen;
  }

  private String option(OptionSpec option) {
    StringBuilder text = new StringBuilder();
    for (String name : CommandModel.names(option)) {
      boolean isLong = name.startsWith("--");
      text.append(isLong ? " -l " : " -s ").append(name.substring(isLong ? 2 : 1));
    }
    if (CommandModel.takesValue(option)) {
      text.append(value(option));
    }
    return text + about(String.join(" ", option.description()));
  }

  private static String value(ArgSpec arg) {
    List<String> choices = CommandModel.choices(arg);
    if (!choices.isEmpty()) {
      return " -x -a " + quoted(String.join(" ", choices));
    }
    return CommandModel.takesFile(arg) ? " -r -F" : " -x";
  }

  /** Only the first sentence, or part of it, has room beside a suggestion. */
  private static String about(String text) {
    String first = text.split("[.;] ", 2)[0].replaceFirst("\\.+$", "");
    return first.isEmpty() ? "" : " -d " + quoted(first);
  }

  private void line(String program, String condition, String rest) {
    out.append("complete -c ").append(program);
    if (!condition.isEmpty()) {
      out.append(" -n ").append(quoted(condition));
    }
    out.append(rest).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
