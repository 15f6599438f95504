package org.peal.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.peal.filter.Subject;
import org.peal.filter.ValuePath;

/**
 * A line of text with paths in braces, as in {@code {body.agent} changed {body.item}}; several
 * values are told with commas between. Immutable.
 */
final class SummaryTemplate {

  /** A part of the line: fixed text, or what a path leads to. */
  private sealed interface Part {
    record Text(String text) implements Part {}

    record Value(ValuePath path) implements Part {}
  }

  private static final int MOST = 1_000;

  private final List<Part> parts;

  private SummaryTemplate(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if a brace is not closed or what is in it is no path
   */
  static SummaryTemplate parse(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int end = open < 0 ? text.length() : open;
      if (end > at) {
        parts.add(new Part.Text(text.substring(at, end)));
      }
      if (open < 0) {
        break;
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("summary: a brace is not closed: \"" + text + "\"");
      }
      parts.add(new Part.Value(DeclaredSchema.path(text.substring(open + 1, close))));
      at = close + 1;
    }
    return new SummaryTemplate(parts);
  }

  /** Returns the line for a message, cut to a bounded length. */
  String fill(Subject subject) {
    StringBuilder line = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Value value) {
        line.append(
            value.path().values(subject).stream()
                .map(node -> node.isValueNode() ? node.asText() : node.toString())
                .collect(Collectors.joining(", ")));
      } else if (part instanceof Part.Text fixed) {
        line.append(fixed.text());
      }
    }
    return line.length() > MOST ? line.substring(0, MOST) : line.toString();
  }
}
