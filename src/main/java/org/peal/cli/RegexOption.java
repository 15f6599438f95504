package org.peal.cli;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.peal.BoundedRegex;
import org.peal.ExitCode;

/** A regular expression that the user wrote after an option. Stateless. */
final class RegexOption {

  private RegexOption() {}

  /** Compiles what the user wrote after {@code option}. */
  static BoundedRegex compile(String option, String expression) {
    try {
      return new BoundedRegex(Pattern.compile(expression));
    } catch (PatternSyntaxException e) {
      throw new CommandException(
          ExitCode.USAGE,
          option + " is not a regular expression: \"" + expression + "\": " + e.getDescription());
    }
  }
}
