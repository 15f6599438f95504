package org.peal.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A configuration that has been read but not yet understood. Immutable. */
public final class LoadedConfig {

  private final YamlTree.Mapping tree;
  private final List<Problem> problems;
  private final List<Path> folders;
  private final List<Path> files;

  LoadedConfig(
      YamlTree.Mapping tree, List<Problem> problems, List<Path> folders, List<Path> files) {
    this.tree = tree;
    this.problems = List.copyOf(problems);
    this.folders = List.copyOf(folders);
    this.files = List.copyOf(files);
  }

  /**
   * Turns the configuration into a record whose components are sections or settings.
   *
   * <p>A component called {@code highWaterMark} is the key {@code high-water-mark}. What is not set
   * reaches the record's constructor as null, where the record puts its default.
   *
   * @throws ConfigException with every problem of reading and of binding
   */
  public <R extends Record> R bind(Class<R> root) {
    Binder binder = new Binder(problems);
    return binder.bind(root, tree);
  }

  /**
   * Returns every setting with its effective value and where that came from, in the order of the
   * records.
   *
   * @throws ConfigException as {@link #bind}
   */
  public <R extends Record> List<ConfigEntry> origins(Class<R> root) {
    List<ConfigEntry> entries = new ArrayList<>();
    ConfigEntry.collect(bind(root), "", tree, entries);
    return List.copyOf(entries);
  }

  /** Returns the folders in force, the one that wins first; files beside them belong to them. */
  public List<Path> folders() {
    return folders;
  }

  /** Returns what is called {@code name} in the first folder in force that has it. */
  public Optional<Path> beside(String name) {
    return folders.stream().map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
  }

  /** Returns the files that were read, in order. */
  public List<Path> files() {
    return files;
  }
}
