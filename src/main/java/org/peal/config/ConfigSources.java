package org.peal.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Everything a configuration is read from, later wins: files, environment, command line. Immutable.
 *
 * @param locations files, or folders that hold {@code peal.yaml} and {@code conf.d/*.yaml}
 * @param required whether a location that does not exist is an error
 * @param environment all environment variables; only {@code PEAL_SECTION__KEY_NAME} are read
 * @param overrides what the command line says, by dotted key: {@link String}, {@link Boolean},
 *     {@link Integer}, {@link Long}, {@link Path}, or a list of these
 * @param currentFolder what relative paths in environment and overrides start from
 * @param translation turns the top level of each file into Peal's own keys; identity by default
 */
public record ConfigSources(
    List<Path> locations,
    boolean required,
    Map<String, String> environment,
    Map<String, Object> overrides,
    Path currentFolder,
    UnaryOperator<YamlTree.Mapping> translation) {

  /** Where the machine's own configuration is. */
  public static final Path SYSTEM_FOLDER = Path.of("/etc/peal");

  private static final String PREFIX = "PEAL_";

  public ConfigSources {
    locations = List.copyOf(locations);
    environment = Map.copyOf(environment);
    overrides = Map.copyOf(overrides);
  }

  /** Returns the sources for {@code --config}: that file or folder, which must exist. */
  public static ConfigSources of(
      Path location, Map<String, String> environment, Path currentFolder) {
    return new ConfigSources(
        List.of(location), true, environment, Map.of(), currentFolder, UnaryOperator.identity());
  }

  /**
   * Returns the sources when nothing is said: the system's folder, then the user's; both may be
   * missing.
   */
  public static ConfigSources standard(
      Path systemFolder, Map<String, String> environment, Path home, Path currentFolder) {
    List<Path> folders = List.of(systemFolder, userFolder(environment, home));
    return new ConfigSources(
        folders, false, environment, Map.of(), currentFolder, UnaryOperator.identity());
  }

  /** Returns the same sources with one more setting from the command line. */
  public ConfigSources with(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(overrides);
    more.put(key, value);
    return new ConfigSources(locations, required, environment, more, currentFolder, translation);
  }

  /**
   * Returns the same sources with one more location, which wins over the others or yields to them.
   */
  public ConfigSources withLocation(Path location, boolean isLast) {
    List<Path> more = new ArrayList<>(locations);
    more.add(isLast ? more.size() : 0, location);
    return new ConfigSources(more, required, environment, overrides, currentFolder, translation);
  }

  /** Returns the same sources with another translation of what files say. */
  public ConfigSources translatedBy(UnaryOperator<YamlTree.Mapping> other) {
    return new ConfigSources(locations, required, environment, overrides, currentFolder, other);
  }

  // The base directory specification says to ignore a relative XDG_CONFIG_HOME.
  private static Path userFolder(Map<String, String> environment, Path home) {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base = configured.startsWith("/") ? Path.of(configured) : home.resolve(".config");
    return base.resolve("peal");
  }

  /** Returns what the environment and then the command line say, as small trees to lay on top. */
  List<Source> settings() {
    List<Source> result = new ArrayList<>();
    environment.keySet().stream()
        .filter(ConfigSources::isSetting)
        .sorted()
        .forEach(name -> result.add(variable(name)));
    overrides.keySet().stream().sorted().forEach(key -> result.add(override(key)));
    return result;
  }

  /** Returns whether an environment variable of that name sets a key of the configuration. */
  public static boolean isSetting(String name) {
    return name.startsWith(PREFIX) && name.indexOf("__", PREFIX.length()) > 0;
  }

  private Source variable(String name) {
    Place place = Place.named("environment " + name, currentFolder);
    String key = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    return new Source(
        List.of(key.replace("__", ".").replace('_', '-').split("\\.", -1)),
        place,
        () -> YamlTree.parse(environment.getOrDefault(name, ""), place));
  }

  private Source override(String key) {
    Place place = Place.named("command line", currentFolder);
    return new Source(
        List.of(key.split("\\.", -1)),
        place,
        () -> Overrides.tree(overrides.getOrDefault(key, ""), place));
  }
}
