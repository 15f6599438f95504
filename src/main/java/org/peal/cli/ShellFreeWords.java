package org.peal.cli;

import java.util.List;
import org.peal.ExitCode;

/** Splits a command line at white space when no shell is needed to understand it. Stateless. */
final class ShellFreeWords {

  private static final String SHELL_ONLY = "|&;<>()$`\\\"'*?[]#~!{}^";

  private ShellFreeWords() {}

  /**
   * Returns the words.
   *
   * @throws CommandException if anything in it would mean something to a shell
   */
  static List<String> split(String option, String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (SHELL_ONLY.indexOf(c) >= 0 || Character.isISOControl(c) && c != '\t') {
        throw refused(option, "\"" + SafeText.line(String.valueOf(c), 1) + "\"");
      }
    }
    List<String> words = List.of(text.strip().split("[ \t]+"));
    if (words.get(0).indexOf('=') >= 0) {
      throw refused(option, "an assignment, \"" + words.get(0) + "\",");
    }
    return words;
  }

  private static CommandException refused(String option, String what) {
    return new CommandException(
        ExitCode.USAGE,
        option
            + ": "
            + what
            + " is for a shell, and none comes near messages here: put it into a script and name"
            + " that, or use peal trigger -- COMMAND ARG..");
  }
}
