package org.peal.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Settings of something that only it knows, such as a handler: kept as they were read, and bound
 * when it is known what they are for. Equal to others that say the same. Immutable.
 */
@Doc("map of its own settings")
public final class OwnSettings {

  private final YamlTree.Mapping tree;

  private OwnSettings(YamlTree.Mapping tree) {
    this.tree = tree;
  }

  /** Reads them from a configuration. */
  static OwnSettings parse(YamlTree said) {
    if (said instanceof YamlTree.Mapping mapping) {
      return new OwnSettings(mapping);
    }
    throw new IllegalArgumentException("must be a map, but is " + said.describe());
  }

  /** Returns settings that say nothing. */
  public static OwnSettings none() {
    return new OwnSettings(new YamlTree.Mapping(Map.of(), Place.named("default", Path.of(""))));
  }

  /**
   * Turns them into a record whose components are their keys, as {@link LoadedConfig#bind} does.
   *
   * @param key where they stand in the configuration, for complaints
   * @throws ConfigException with everything that does not fit
   */
  public <R extends Record> R bind(Class<R> type, String key) {
    try {
      return new Binder(List.of()).bind(type, tree);
    } catch (ConfigException e) {
      throw new ConfigException(e.problems().stream().map(p -> under(key, p)).toList());
    }
  }

  private static Problem under(String key, Problem problem) {
    String full = problem.key().isEmpty() ? key : key + "." + problem.key();
    return new Problem(problem.place(), full, problem.text());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnSettings settings && tree.toJson().equals(settings.tree.toJson());
  }

  @Override
  public int hashCode() {
    return tree.toJson().hashCode();
  }

  @Override
  public String toString() {
    return tree.toJson().toString();
  }
}
