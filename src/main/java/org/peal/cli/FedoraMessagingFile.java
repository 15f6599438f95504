package org.peal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.peal.ExitCode;
import org.peal.config.ConfigSources;

/**
 * Finds the configuration file of fedora-messaging: the one that is named wins over Peal's own
 * files, the usual one yields to them. Stateless.
 */
final class FedoraMessagingFile {

  /** The variable that names the file. */
  static final String VARIABLE = "FEDORA_MESSAGING_CONF";

  private static final Path USUAL = Path.of("/etc/fedora-messaging/config.toml");

  private FedoraMessagingFile() {}

  /** Returns the sources with the file, if there is one. */
  static ConfigSources addTo(ConfigSources sources, PealCommand command) {
    Optional<Path> named = named(command);
    if (named.isPresent()) {
      return sources.withLocation(named.get(), true);
    }
    return command.config == null && Files.isReadable(USUAL)
        ? sources.withLocation(USUAL, false)
        : sources;
  }

  /** Returns the sources with the file, if one is named. */
  static ConfigSources addNamedTo(ConfigSources sources, PealCommand command) {
    return named(command).map(file -> sources.withLocation(file, true)).orElse(sources);
  }

  /**
   * Returns the file that is named, or else the usual one.
   *
   * @throws CommandException if there is neither
   */
  static Path inUse(PealCommand command) {
    return named(command).orElseGet(() -> command.readable("fedora-messaging's file", USUAL));
  }

  private static Optional<Path> named(PealCommand command) {
    Optional<Path> option = command.fedoraMessagingFile();
    String variable = command.io.environment().getOrDefault(VARIABLE, "");
    if (option.isPresent()) {
      return Optional.of(named(command, "--conf", option.get()));
    }
    return variable.isEmpty()
        ? Optional.empty()
        : Optional.of(named(command, VARIABLE, Path.of(variable)));
  }

  private static Path named(PealCommand command, String by, Path given) {
    Path file = command.absolute(given);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new CommandException(ExitCode.USAGE, by + ": no such file: " + given);
    }
    if (!file.toString().endsWith(".toml")) {
      throw new CommandException(
          ExitCode.USAGE, by + ": must name a file that ends in .toml: " + given);
    }
    return file;
  }
}
