package org.peal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;
import org.peal.config.LoadedConfig;
import org.peal.endpoint.EndpointFiles;
import org.peal.message.EnvelopeFactory;
import org.peal.node.Folders;
import org.peal.node.NodeSetup;
import org.peal.node.PealConfig;

/**
 * The configuration that a command runs with: files, environment, and its own options on top.
 *
 * @param loaded what was read
 * @param config what it means, with certificate files beside it filled in
 */
record Setup(LoadedConfig loaded, PealConfig config) {

  /** Loads the configuration for a command; {@code overrides} are values by dotted key. */
  static Setup load(PealCommand command, Map<String, ?> overrides) {
    ConfigSources sources = sources(command, overrides);
    Setup setup = load(sources);
    return command.mayBeOnAmqp() && !command.isOnAmqp() && setup.config().isOnAmqp()
        ? load(FedoraMessagingFile.addNamedTo(sources, command))
        : setup;
  }

  private static Setup load(ConfigSources sources) {
    LoadedConfig loaded = Configuration.load(sources);
    PealConfig config = loaded.bind(PealConfig.class);
    return new Setup(loaded, config.withFilesBeside(loaded.folders()));
  }

  /** Returns where a command's configuration is read from. */
  static ConfigSources sources(PealCommand command, Map<String, ?> overrides) {
    Io io = command.io;
    Path given = command.config;
    if (given != null) {
      requireReadable(command, given);
    }
    ConfigSources sources =
        given == null
            ? ConfigSources.standard(
                ConfigSources.SYSTEM_FOLDER, io.environment(), userHome(io), io.folder())
            : ConfigSources.of(command.absolute(given), io.environment(), io.folder());
    sources = sources.translatedBy(command::translated);
    if (command.isOnAmqp()) {
      sources = FedoraMessagingFile.addTo(sources, command);
    }
    for (Map.Entry<String, ?> override : overrides.entrySet()) {
      sources = sources.with(override.getKey(), override.getValue());
    }
    return sources;
  }

  private static void requireReadable(PealCommand command, Path given) {
    if (!Files.isDirectory(command.absolute(given))) {
      command.readable("--config", given);
    }
  }

  /** Returns where the endpoint files are, if anywhere. */
  Optional<Path> endpointFolder(Io io) {
    return EndpointFiles.locate(
        config.endpoints(), loaded.folders(), ConfigSources.SYSTEM_FOLDER, io.home());
  }

  /** Returns what the node of this configuration is told. */
  NodeSetup node(Io io) {
    return new NodeSetup(
        config,
        endpointFolder(io),
        hostName(io),
        EnvelopeFactory.loginName(io.environment()),
        Folders.of(io.environment()));
  }

  /** Returns the name of this machine; no name service is asked, for it may be slow. */
  static String hostName(Io io) {
    String fromEnvironment = io.environment().getOrDefault("HOSTNAME", "");
    try {
      String kernel = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return kernel.isEmpty() ? fromEnvironment : kernel;
    } catch (IOException e) {
      return fromEnvironment.isEmpty() ? "localhost" : fromEnvironment;
    }
  }

  private static Path userHome(Io io) {
    String home = io.environment().getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home);
  }
}
