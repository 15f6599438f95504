package org.peal.config;

import java.util.List;

/** Makes trees of values that are typed already. Stateless. */
final class Overrides {

  private Overrides() {}

  static YamlTree tree(Object value, Place place) {
    if (value instanceof List<?> list) {
      return new YamlTree.Sequence(list.stream().map(item -> tree(item, place)).toList(), place);
    }
    Object plain =
        value instanceof Boolean || value instanceof Integer || value instanceof Long
            ? value
            : value.toString();
    return new YamlTree.Scalar(plain, value.toString(), place);
  }
}
