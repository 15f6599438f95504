package org.peal.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads and merges the sources of a configuration. */
public final class Configuration {

  private static final int MAX_FILES = 1_000;
  private static final String PYTHON =
      "fedmsg's Python files are not run: write what they say as JSON with"
          + " 'fedmsg-config > fedmsg.json' and name that file instead";

  private final ConfigSources sources;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private YamlTree.Mapping tree;

  private Configuration(ConfigSources sources) {
    this.sources = sources;
    this.tree = new YamlTree.Mapping(Map.of(), Place.named("default", sources.currentFolder()));
  }

  /**
   * Reads all sources, later wins: built-in defaults, the locations in order (in a folder {@code
   * peal.yaml}, then {@code conf.d/*.yaml} by name), environment, command line.
   *
   * <p>Never throws for what the sources say: their problems are reported by {@link
   * LoadedConfig#bind} together with those that binding finds.
   */
  public static LoadedConfig load(ConfigSources sources) {
    Configuration loading = new Configuration(sources);
    sources.locations().forEach(loading::location);
    sources.settings().forEach(setting -> loading.collect(setting::tree));
    return new LoadedConfig(loading.tree, loading.problems, loading.folders, loading.files);
  }

  private void location(Path given) {
    Path location = sources.currentFolder().resolve(given);
    if (Files.isDirectory(location)) {
      folders.add(0, location);
      folder(location);
    } else if (Files.exists(location)) {
      folders.add(0, Place.of(location).folder());
      file(location);
    } else if (sources.required()) {
      report(location, "no such file or folder");
    }
  }

  private void folder(Path folder) {
    Path main = folder.resolve("peal.yaml");
    if (Files.exists(main)) {
      file(main);
    }
    Path more = folder.resolve("conf.d");
    if (Files.isDirectory(more)) {
      listing(more).forEach(this::file);
    }
  }

  private List<Path> listing(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> names =
          entries
              .filter(file -> file.getFileName().toString().matches("[^.].*\\.yaml"))
              .limit(MAX_FILES + 1)
              .sorted()
              .toList();
      if (names.size() <= MAX_FILES) {
        return names;
      }
      report(folder, "folder must have at most " + MAX_FILES + " files");
    } catch (IOException | UncheckedIOException e) {
      report(folder, "folder cannot be read: " + e);
    }
    return List.of();
  }

  private void file(Path file) {
    files.add(file);
    if (file.getFileName().toString().endsWith(".py")) {
      report(file, PYTHON);
      return;
    }
    collect(() -> sources.translation().apply(topLevel(YamlTree.read(file))));
  }

  private static YamlTree.Mapping topLevel(YamlTree tree) {
    if (tree instanceof YamlTree.Mapping mapping) {
      return mapping;
    }
    if (tree instanceof YamlTree.Scalar scalar && scalar.value() == null) {
      return new YamlTree.Mapping(Map.of(), tree.place());
    }
    throw new ConfigException(
        tree.place(), "", "configuration must be a map of sections, but is " + tree.describe());
  }

  private void report(Path path, String text) {
    problems.add(new Problem(Place.of(path), "", text));
  }

  private void collect(Supplier<YamlTree.Mapping> source) {
    try {
      tree = Merge.merge(tree, source.get());
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
  }
}
