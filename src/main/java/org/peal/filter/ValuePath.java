package org.peal.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to values in a message, by itself, as {@code body.builds[].name}. Immutable and
 * thread-safe.
 */
public final class ValuePath {

  /** The most values that one path gives; what lies beyond is left out. */
  public static final int MAX_VALUES = 10_000;

  private final Path path;

  private ValuePath(Path path) {
    this.path = path;
  }

  /**
   * Reads a path.
   *
   * @throws FilterException if the text is not one, or is beyond a limit of {@link Filter}
   */
  public static ValuePath parse(String text) {
    return new ValuePath(Parser.parsePath(text));
  }

  /** Returns the values that it leads to, in their order; none where something is missing. */
  public List<JsonNode> values(Subject subject) {
    List<JsonNode> values = new ArrayList<>();
    collect(path.field().of(subject), 0, values);
    return values;
  }

  private void collect(JsonNode value, int step, List<JsonNode> values) {
    if (value.isMissingNode() || values.size() >= MAX_VALUES) {
      return;
    }
    if (step == path.steps().size()) {
      values.add(value);
    } else if (path.steps().get(step) instanceof Step.Each) {
      if (value.isArray()) {
        value.forEach(element -> collect(element, step + 1, values));
      }
    } else {
      collect(path.steps().get(step).from(value), step + 1, values);
    }
  }

  /** Returns the path in a uniform spelling. */
  @Override
  public String toString() {
    return path.text();
  }
}
