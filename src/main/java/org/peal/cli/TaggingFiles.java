package org.peal.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.peal.BoundedHttp;
import org.peal.ExitCode;
import org.peal.config.ConfigException;
import org.peal.config.PythonTree;
import org.peal.handler.tagging.RuleFile;
import org.peal.handler.tagging.RuleLocation;
import org.peal.handler.tagging.RuleSource;
import org.peal.handler.tagging.Rules;
import org.peal.handler.tagging.TaggingSettings;

/** Reads what {@code peal tagging} works on; what cannot be read ends the command. */
final class TaggingFiles {

  private final PealCommand command;
  private final TaggingSettings settings;

  TaggingFiles(PealCommand command, TaggingSettings settings) {
    this.command = command;
    this.settings = settings;
  }

  /** Returns rules that can be used. */
  Rules rules(String given) throws InterruptedException {
    try {
      return read(given).inForce(settings.compat());
    } catch (ConfigException e) {
      throw bad(e);
    }
  }

  /** Returns what gives a rule file, or throws why it is none; whether it is there is known now. */
  Supplier<RuleFile> lazily(String given) throws InterruptedException {
    try {
      RuleFile file = read(given);
      return () -> file;
    } catch (ConfigException e) {
      return () -> {
        throw e;
      };
    }
  }

  /**
   * Returns a rule file with all that is wrong with it.
   *
   * @throws ConfigException if it is no YAML that can be read
   */
  RuleFile read(String given) throws InterruptedException {
    RuleLocation location = location(given);
    try {
      return RuleSource.read(location, settings, client(location));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNREACHABLE, "cannot fetch " + location + ": " + e.getMessage());
    }
  }

  private RuleLocation location(String given) {
    try {
      RuleLocation location = RuleLocation.parse(given, command.io.folder());
      if (location instanceof RuleLocation.LocalFile file) {
        command.readable("rules", file.path());
      }
      return location;
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "rules " + e.getMessage() + ": \"" + given + "\"");
    }
  }

  private static HttpClient client(RuleLocation location) {
    return location instanceof RuleLocation.Web
        ? BoundedHttp.client().build()
        : HttpClient.newBuilder().build();
  }

  /** Returns the content of a file that the user gave after {@code option}. */
  byte[] bytes(String option, Path given) {
    try {
      return PythonTree.bytes(command.readable(option, given));
    } catch (ConfigException e) {
      throw bad(e);
    }
  }

  /** Says all problems, and returns what ends the command as bad data. */
  CommandException bad(ConfigException e) {
    e.problems().forEach(problem -> command.say(problem.toString()));
    return new CommandException(ExitCode.BAD_DATA, "");
  }
}
