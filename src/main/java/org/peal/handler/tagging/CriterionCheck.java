package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.peal.config.PythonTree;

/**
 * What became of one criterion. Immutable.
 *
 * @param actual what the build has there; null when it has nothing
 */
public record CriterionCheck(
    String key, PythonTree expected, @Nullable PythonTree actual, boolean holds) {

  void writeTo(ObjectNode json) {
    json.put("key", key);
    json.set("expected", PythonJson.of(expected));
    json.set("actual", actual == null ? json.nullNode() : PythonJson.of(actual));
    json.put("holds", holds);
  }

  /** Returns what the rule asks, as compact JSON. */
  public String expectedText() {
    return PythonJson.of(expected).toString();
  }

  /** Returns what the build has, as compact JSON. */
  public String actualText() {
    return actual == null ? "nothing" : PythonJson.of(actual).toString();
  }
}
