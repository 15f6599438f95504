package org.peal.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.Problem;
import org.peal.config.YamlTree;

/** Finds and reads endpoint files. Stateless. */
public final class EndpointFiles {

  static final int MAX_FILES = 1_000;

  private static final String FOLDER = "endpoints.d";
  private static final Pattern NAME = Pattern.compile("[^.].*\\.(yaml|yml|json)");

  private EndpointFiles() {}

  /**
   * Returns where the endpoint files are: the configured folder, else the first {@code endpoints.d}
   * that exists beside a configuration in force, in the system's folder or in the installation.
   *
   * @param configFolders the folders of the configuration in force, best first
   */
  public static Optional<Path> locate(
      EndpointsConfig config, List<Path> configFolders, Path systemFolder, Path installation) {
    if (config.directory() != null) {
      return Optional.of(config.directory());
    }
    return Stream.concat(configFolders.stream(), Stream.of(systemFolder, installation))
        .map(folder -> folder.resolve(FOLDER))
        .filter(Files::isDirectory)
        .findFirst();
  }

  /**
   * Reads a folder's {@code *.yaml}, {@code *.yml} and {@code *.json} by name, or a single file; of
   * two that list the same service the later wins.
   *
   * @throws ConfigException with every problem of every file
   */
  public static EndpointMap read(Path location) {
    List<Problem> problems = new ArrayList<>();
    EndpointMap result = EndpointMap.EMPTY;
    for (Path file : list(location)) {
      try {
        result = result.with(readFile(file));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return result;
  }

  static EndpointFileParser.Listing listing(Path file) {
    return EndpointFileParser.list(YamlTree.read(file));
  }

  static EndpointMap readFile(Path file) {
    return EndpointFileParser.parse(YamlTree.read(file));
  }

  /** Returns the files at a location in the order in which they are read. */
  static List<Path> list(Path location) {
    if (Files.isRegularFile(location)) {
      return List.of(location);
    }
    try (Stream<Path> entries = Files.list(location)) {
      // Only regular files: reading a named pipe would wait for ever.
      List<Path> files =
          entries
              .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
              .filter(Files::isRegularFile)
              .limit(MAX_FILES + 1)
              .sorted()
              .toList();
      if (files.size() > MAX_FILES) {
        throw new ConfigException(
            Place.of(location), "", "folder must have at most " + MAX_FILES + " endpoint files");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      String text =
          Files.exists(location) ? "folder cannot be read: " + e : "no such file or folder";
      throw new ConfigException(Place.of(location), "", text);
    }
  }
}
