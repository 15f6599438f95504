package org.peal.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lays one tree over another: maps merge, everything else is replaced. Stateless. */
final class Merge {

  private Merge() {}

  static YamlTree.Mapping merge(YamlTree.Mapping below, YamlTree.Mapping above) {
    Map<String, YamlTree.Field> fields = new LinkedHashMap<>(below.fields());
    above.fields().forEach((name, field) -> fields.merge(name, field, Merge::field));
    return new YamlTree.Mapping(fields, above.place());
  }

  private static YamlTree.Field field(YamlTree.Field below, YamlTree.Field above) {
    if (!(below.value() instanceof YamlTree.Mapping belowMap)) {
      return above;
    }
    // A section whose keys are all commented out reads as null, and says nothing.
    if (above.value() instanceof YamlTree.Scalar scalar && scalar.value() == null) {
      return below;
    }
    return above.value() instanceof YamlTree.Mapping aboveMap
        ? new YamlTree.Field(above.name(), above.place(), merge(belowMap, aboveMap))
        : above;
  }
}
