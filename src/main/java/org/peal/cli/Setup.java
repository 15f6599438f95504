package org.peal.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;
import org.peal.config.LoadedConfig;
import org.peal.config.YamlTree;
import org.peal.node.PealConfig;

/**
 * The configuration that a command runs with: files, environment, and its own options on top.
 *
 * @param loaded what was read
 * @param config what it means
 */
record Setup(LoadedConfig loaded, PealConfig config) {

  /** Loads the configuration for a command; {@code overrides} are values by dotted key. */
  static Setup load(PealCommand command, Map<String, ?> overrides) {
    LoadedConfig loaded = read(command, overrides, UnaryOperator.identity());
    return new Setup(loaded, loaded.bind(PealConfig.class));
  }

  /** Reads the configuration without looking at what it means. */
  static LoadedConfig read(
      PealCommand command,
      Map<String, ?> overrides,
      UnaryOperator<YamlTree.Mapping> translation) {
    Io io = command.io;
    Path given = command.config;
    ConfigSources sources =
        given == null
            ? ConfigSources.standard(
                ConfigSources.SYSTEM_FOLDER, io.environment(), userHome(io), io.folder())
            : ConfigSources.of(command.absolute(given), io.environment(), io.folder());
    sources = sources.translatedBy(translation);
    for (Map.Entry<String, ?> override : overrides.entrySet()) {
      sources = sources.with(override.getKey(), override.getValue());
    }
    LoadedConfig loaded = Configuration.load(sources);
    for (Map.Entry<String, Path> found : certificateFiles(loaded).entrySet()) {
      sources = sources.withDefault(found.getKey(), found.getValue());
    }
    return Configuration.load(sources);
  }

  /** Returns the name of this machine as other programs see it. */
  static String hostName(Io io) {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return io.environment().getOrDefault("HOSTNAME", "localhost");
    }
  }

  private static Path userHome(Io io) {
    String home = io.environment().get("HOME");
    return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home", "/") : home);
  }

  private static Map<String, Path> certificateFiles(LoadedConfig loaded) {
    return Map.of();
  }

  static @Nullable Path ifExists(Path file) {
    return Files.exists(file) ? file : null;
  }
}
