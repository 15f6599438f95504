package org.peal.config;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One setting from outside the files; its value is not read before {@link #tree()}. */
record Source(List<String> path, Place place, Supplier<YamlTree> value) {

  /**
   * Returns a tree that holds this setting alone.
   *
   * @throws ConfigException if the value is not YAML
   */
  YamlTree.Mapping tree() {
    YamlTree tree = value.get();
    for (int i = path.size() - 1; i >= 0; i--) {
      String name = path.get(i);
      tree = new YamlTree.Mapping(Map.of(name, new YamlTree.Field(name, place, tree)), place);
    }
    return (YamlTree.Mapping) tree;
  }
}
