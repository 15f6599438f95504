package org.peal.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as it is described to people and shells.
 *
 * @param words what is typed to call it, such as {@code peal}, {@code tail}
 * @param summary what it does, in a few words without a full stop
 * @param spec its options, arguments and help
 */
record CommandModel(List<String> words, String summary, CommandSpec spec) {

  private static final String CHOICE = "[a-z0-9-]+(\\|[a-z0-9-]+)+";

  CommandModel {
    words = List.copyOf(words);
  }

  /** Returns the model of a program of its own, which says itself what it does. */
  static CommandModel alias(CommandSpec spec) {
    return new CommandModel(List.of(spec.name()), ownSummary(spec), spec);
  }

  private static String ownSummary(CommandSpec spec) {
    String text = String.join(" ", spec.usageMessage().description());
    int end = text.indexOf('.');
    String first = end < 0 ? text : text.substring(0, end);
    return first.isEmpty() ? first : Character.toLowerCase(first.charAt(0)) + first.substring(1);
  }

  /** Returns the name that messages and manual pages use, such as {@code peal tail}. */
  String name() {
    return String.join(" ", words);
  }

  /** Returns the last of the words. */
  String word() {
    return words.get(words.size() - 1);
  }

  boolean isAlias() {
    return !words.get(0).equals("peal");
  }

  /** Returns the commands below this one. */
  List<CommandModel> children() {
    List<CommandModel> children = new ArrayList<>();
    spec.subcommands()
        .forEach(
            (word, line) -> {
              CommandSpec child = line.getCommandSpec();
              List<String> all = Stream.concat(words.stream(), Stream.of(word)).toList();
              children.add(new CommandModel(all, ownSummary(child), child));
            });
    return children;
  }

  /** Returns this command and all below it. */
  Stream<CommandModel> all() {
    return Stream.concat(Stream.of(this), children().stream().flatMap(CommandModel::all));
  }

  /** Returns the options that are not hidden, in the order of the help. */
  List<OptionSpec> options() {
    return spec.options().stream().filter(option -> !option.hidden()).toList();
  }

  /** Returns how an option may be written, the negated forms too. */
  static List<String> names(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) {
      for (String name : option.names()) {
        names.add(CommandLine.RegexTransformer.createDefault().makeNegative(name, null));
      }
    }
    return names;
  }

  /** Tells whether an option needs a value. */
  static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  /** Returns the only words that a value may be; empty if it may be anything. */
  static List<String> choices(ArgSpec arg) {
    if (arg.paramLabel().matches(CHOICE)) {
      return List.of(arg.paramLabel().split("\\|"));
    }
    Class<?> type = arg.auxiliaryTypes()[arg.auxiliaryTypes().length - 1];
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    }
    List<String> words = new ArrayList<>();
    if (arg.completionCandidates() != null) {
      arg.completionCandidates().forEach(words::add);
    }
    return words;
  }

  /** Tells whether a value may be the path of a file or a folder. */
  static boolean takesFile(ArgSpec arg) {
    return Stream.of(arg.paramLabel().split("\\|"))
        .anyMatch(List.of("FILE", "DIR", "FOLDER", "SITE", "COMMAND")::contains);
  }
}
