package org.peal.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.peal.config.ConfigException;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;
import org.peal.config.Place;
import org.peal.config.Problem;

/** The kinds of messages that are known, by name; the base is always there. Immutable. */
public final class Schemas {

  private static final int MOST_FILES = 10_000;

  private final Map<String, MessageSchema> byName;

  private Schemas(Map<String, MessageSchema> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** Returns those that are known without any files: the base. */
  public static Schemas builtIn() {
    return of(Map.of());
  }

  /**
   * Reads a folder: each file {@code NAME.yaml} or {@code NAME.json} declares a kind of messages.
   *
   * @throws ConfigException with all that is wrong with its files
   */
  public static Schemas load(Path folder) {
    JsonSchemas compiler = new JsonSchemas();
    Map<String, MessageSchema> schemas = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        DeclaredSchema schema = read(file, compiler);
        if (schemas.put(schema.name(), schema) != null) {
          problems.add(
              new Problem(Place.of(file), "name", "is there twice: \"" + schema.name() + "\""));
        }
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      } catch (IllegalArgumentException e) {
        problems.add(new Problem(Place.of(file), "", String.valueOf(e.getMessage())));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return of(schemas);
  }

  private static DeclaredSchema read(Path file, JsonSchemas compiler) {
    SchemaFile said =
        Configuration.load(ConfigSources.of(file, Map.of(), file.resolveSibling("")))
            .bind(SchemaFile.class);
    String name = file.getFileName().toString().replaceFirst("\\.(yaml|json)$", "");
    return new DeclaredSchema(name, said, compiler);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries
              .filter(file -> file.getFileName().toString().matches("[^.].*\\.(yaml|json)"))
              .limit(MOST_FILES + 1)
              .sorted()
              .toList();
      if (files.size() > MOST_FILES) {
        throw new ConfigException(
            Place.of(folder), "", "folder must have at most " + MOST_FILES + " schemas");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new ConfigException(Place.of(folder), "", "folder cannot be read: " + e);
    }
  }

  static Schemas of(Map<String, MessageSchema> more) {
    Map<String, MessageSchema> all = new LinkedHashMap<>(more);
    all.put(MessageSchema.BASE, BaseSchema.INSTANCE);
    return new Schemas(all);
  }

  /** Returns the kind of a name. */
  public Optional<MessageSchema> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns the kind of all messages. */
  public MessageSchema base() {
    return BaseSchema.INSTANCE;
  }
}
