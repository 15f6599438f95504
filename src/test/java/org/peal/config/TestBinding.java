package org.peal.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Binds a YAML text to one record, for the tests of configuration records. */
public final class TestBinding {

  private TestBinding() {}

  /** Binds a text whose top level is the record's own; relative paths start from {@code /base}. */
  public static <R extends Record> R bind(Class<R> type, String yaml) {
    Place place = Place.named("test", Path.of("/base"));
    YamlTree tree = YamlTree.parse(yaml, place);
    YamlTree.Mapping mapping =
        tree instanceof YamlTree.Mapping said ? said : new YamlTree.Mapping(Map.of(), place);
    return new Binder(List.of()).bind(type, mapping);
  }

  /** Binds nothing, so that every component has its default. */
  public static <R extends Record> R defaults(Class<R> type) {
    return bind(type, "");
  }
}
