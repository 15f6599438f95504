package org.peal.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A setting whose keys are not Peal's to know: a map of anything. Immutable by convention.
 *
 * @param tree the map; not to be changed
 */
@Doc("map of anything")
public record FreeTable(ObjectNode tree) {

  /** Reads one from a configuration. */
  static FreeTable parse(YamlTree said) {
    if (said.toJson() instanceof ObjectNode object) {
      return new FreeTable(object);
    }
    throw new IllegalArgumentException("must be a map, but is " + said.describe());
  }

  /** Returns a table without anything in it. */
  public static FreeTable empty() {
    return new FreeTable(JsonNodeFactory.instance.objectNode());
  }

  @Override
  public String toString() {
    return tree.toString();
  }
}
