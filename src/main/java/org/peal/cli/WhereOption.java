package org.peal.cli;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.filter.Filter;
import org.peal.filter.FilterException;
import picocli.CommandLine.Option;

/** The option that says in the filter language which messages are meant. */
final class WhereOption {

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description =
          "Only messages for which this is true, as in 'service == \"bodhi\" and"
              + " body.update.karma >= 3'. The language is described in docs/filters.md.")
  @Nullable String expression;

  /**
   * Compiles what the user wrote.
   *
   * @param warn told in a line what could not be decided
   * @throws CommandException if it is wrong, with the place
   */
  Where compile(Consumer<String> warn) {
    try {
      return new Where(Optional.ofNullable(expression).map(Filter::compile), warn);
    } catch (FilterException e) {
      String place = e.excerpt().indent(2).stripTrailing();
      throw new CommandException(ExitCode.USAGE, "--where: " + e.getMessage() + "\n" + place);
    }
  }
}
