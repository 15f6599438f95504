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

  private static final String VARIABLE = "FEDORA_MESSAGING_CONF";
  private static final Path USUAL = Path.of("/etc/fedora-messaging/config.toml");

  private FedoraMessagingFile() {}

  /** Returns the sources with the file, if there is one. */
  static ConfigSources addTo(ConfigSources sources, PealCommand command) {
    Optional<Path> option = command.fedoraMessagingFile();
    String variable = command.io.environment().getOrDefault(VARIABLE, "");
    if (option.isPresent()) {
      return sources.withLocation(named(command, "--conf", option.get()), true);
    }
    if (!variable.isEmpty()) {
      return sources.withLocation(named(command, VARIABLE, Path.of(variable)), true);
    }
    return command.config == null && Files.isReadable(USUAL)
        ? sources.withLocation(USUAL, false)
        : sources;
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
