package org.peal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peal.ExitCode;
import org.peal.config.ConfigReference;
import org.peal.node.PealConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All manual pages, made from the commands and the settings. For one run, by one thread. */
final class Manual {

  private static final Pattern STATUS = Pattern.compile("(\\d+(?:(?:, | or )\\d+)*),?\\s*(.*)");
  private static final String STATUSES = "Exit status: ";
  private static final String EXAMPLES = "Examples:";

  private final String source = Cli.release();
  private final List<CommandModel> models;
  private final Map<String, String> pages = new LinkedHashMap<>();

  private Manual(List<CommandModel> models) {
    this.models = models.stream().flatMap(CommandModel::all).toList();
  }

  /** Returns the pages by path, such as {@code man1/peal-tail.1}. */
  static Map<String, String> pages(List<CommandModel> models) {
    Manual manual = new Manual(models);
    manual.overview();
    manual.models.forEach(manual::command);
    manual.settings();
    return manual.pages;
  }

  private static String page(CommandModel model) {
    return String.join("-", model.words());
  }

  private static String path(String page) {
    return "man1/" + page + ".1";
  }

  private void overview() {
    Roff page = head("peal", 1, "a message bus node without a broker");
    page.section("SYNOPSIS");
    page.line(
        Roff.bold("peal") + " " + Roff.italic("COMMAND") + " [" + Roff.italic("OPTION") + "]...");
    page.section("DESCRIPTION");
    page.line(
        Roff.text(
            "Peal carries messages between the programs of many hosts, without a broker, and"
                + " byte for byte as fedmsg does. Data goes to standard output, everything else"
                + " to standard error."));
    page.section("COMMANDS");
    models.stream()
        .filter(model -> !model.isAlias())
        .forEach(model -> item(page, Roff.bold(model.name()), model.summary() + "."));
    page.section("OPTIONS");
    item(page, Roff.bold("-h") + ", " + Roff.bold("--help"), "List all commands.");
    item(page, Roff.bold("-V") + ", " + Roff.bold("--version"), "Tell the version.");
    page.section("EXIT STATUS");
    page.line(Roff.text("Each command's page tells when it uses which of these."));
    for (ExitCode code : ExitCode.values()) {
      item(page, Roff.bold(String.valueOf(code.status())), code.meaning() + ".");
    }
    also(
        page,
        Stream.concat(
            models.stream().map(model -> page(model) + "(1)"), Stream.of("peal.yaml(5)")));
    pages.put(path("peal"), page.toString());
  }

  private void command(CommandModel model) {
    Roff page = head(page(model), 1, model.summary());
    synopsis(page, model);
    page.section("DESCRIPTION");
    description(page, List.of(model.spec().usageMessage().description()));
    List<String> footer = List.of(model.spec().usageMessage().footer());
    footer.stream().filter(Manual::isRemark).forEach(remark -> remark(page, remark));
    subcommands(page, model);
    arguments(page, model);
    page.section("OPTIONS");
    model.options().forEach(option -> option(page, option));
    footer(page, footer);
    also(page, Stream.of("peal(1)", "peal.yaml(5)"));
    pages.put(path(page(model)), page.toString());
    actions(model.spec())
        .forEach(
            action -> pages.put(path(page(model) + "-" + action), Roff.alias(path(page(model)))));
  }

  /**
   * Returns the words that say what a command is to do, where each is a small command of its own.
   */
  private static List<String> actions(CommandSpec spec) {
    return spec.positionalParameters().stream()
        .filter(first -> first.index().min() == 0 && first.description()[0].equals("What to do."))
        .flatMap(first -> CommandModel.choices(first).stream())
        .toList();
  }

  private Roff head(String name, int section, String summary) {
    Roff page = new Roff(name, section, source);
    page.section("NAME");
    page.line(Roff.text(name) + " \\- " + Roff.text(summary));
    return page;
  }

  private static void synopsis(Roff page, CommandModel model) {
    page.section("SYNOPSIS");
    String command = Roff.bold(model.name()) + " [" + Roff.italic("OPTION") + "]...";
    String below = model.children().isEmpty() ? "" : " " + Roff.italic("COMMAND");
    String arguments =
        model.spec().positionalParameters().stream()
            .map(Manual::argument)
            .collect(Collectors.joining());
    page.line(command + below + arguments);
  }

  private static String argument(PositionalParamSpec argument) {
    String label = Roff.italic(argument.paramLabel());
    String many = argument.arity().max() > 1 ? "..." : "";
    return " " + (argument.arity().min() == 0 ? "[" + label + "]" : label) + many;
  }

  /** Lines with two columns become items, others paragraphs. */
  private static void description(Roff page, List<String> lines) {
    for (String line : lines) {
      String[] columns = line.strip().split(" {2,}", 2);
      if (columns.length == 2) {
        item(page, Roff.bold(columns[0]), columns[1]);
      } else {
        if (!line.startsWith(" ")) {
          page.paragraph();
        }
        page.line(Roff.text(line.strip()));
      }
    }
  }

  private static void subcommands(Roff page, CommandModel model) {
    if (!model.children().isEmpty()) {
      page.section("COMMANDS");
      model.children().forEach(child -> item(page, Roff.bold(child.word()), child.summary() + "."));
    }
  }

  private static void arguments(Roff page, CommandModel model) {
    if (!model.spec().positionalParameters().isEmpty()) {
      page.section("ARGUMENTS");
      for (PositionalParamSpec argument : model.spec().positionalParameters()) {
        item(page, Roff.italic(argument.paramLabel()), joined(argument.description()));
      }
    }
  }

  private static void option(Roff page, OptionSpec option) {
    String names =
        Stream.of(option.names())
            .map(name -> option.negatable() ? name.replaceFirst("^--", "--[no-]") : name)
            .map(Roff::bold)
            .collect(Collectors.joining(", "));
    String value = CommandModel.takesValue(option) ? "=" + Roff.italic(option.paramLabel()) : "";
    item(page, names + value, joined(option.description()));
  }

  private static String joined(String... lines) {
    return String.join(" ", lines);
  }

  private static void remark(Roff page, String text) {
    page.paragraph();
    page.line(Roff.text(text));
  }

  /** Tells whether a line below the options is neither about exit statuses nor an example. */
  private static boolean isRemark(String line) {
    return !line.isEmpty()
        && !line.startsWith(STATUSES)
        && !line.startsWith("  ")
        && !line.equals(EXAMPLES);
  }

  private static void footer(Roff page, List<String> lines) {
    List<String> examples = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(STATUSES)) {
        page.section("EXIT STATUS");
        statuses(page, line.substring(STATUSES.length()));
      } else if (line.startsWith("  ")) {
        examples.add(line.strip());
      }
    }
    if (!examples.isEmpty()) {
      page.section("EXAMPLES");
      page.verbatim(examples);
    }
  }

  private static void statuses(Roff page, String text) {
    for (String part : text.split("; (?=\\d)", -1)) {
      Matcher status = STATUS.matcher(part);
      if (!status.matches()) {
        page.line(Roff.text(part));
      } else {
        String meaning = status.group(2).replaceFirst("\\.$", "");
        item(
            page,
            Roff.bold(status.group(1)),
            (meaning.isEmpty() ? "all went well" : meaning) + ".");
      }
    }
  }

  private static void item(Roff page, String term, String text) {
    page.item();
    page.line(term);
    page.line(Roff.text(text));
  }

  private static void also(Roff page, Stream<String> pages) {
    page.section("SEE ALSO");
    page.line(
        pages
            .map(
                each -> Roff.bold(each.replaceFirst("\\(.*", "")) + each.replaceFirst(".*\\(", "("))
            .collect(Collectors.joining(", ")));
  }

  private void settings() {
    Roff page = head("peal.yaml", 5, "the configuration of Peal");
    page.section("DESCRIPTION");
    MarkdownManual.write(page, ConfigReference.markdown(PealConfig.class));
    also(page, Stream.of("peal(1)", "peal-config(1)", "peal-node(1)"));
    pages.put("man5/peal.yaml.5", page.toString());
  }
}
