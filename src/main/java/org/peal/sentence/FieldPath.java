package org.peal.sentence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The way from the body to values in it: names and indexes between dots, {@code *} for every
 * element, {@code **} for every value at any depth. Immutable.
 */
record FieldPath(List<String> steps) implements Operand {

  private static final String EACH = "*";
  private static final String ANYWHERE = "**";

  FieldPath {
    steps = List.copyOf(steps);
  }

  static FieldPath parse(String text) {
    return new FieldPath(List.of(text.split("\\.", -1)));
  }

  @Override
  public List<String> in(Subject subject) {
    List<JsonNode> found = List.of(subject.body());
    for (String step : steps) {
      found = follow(found, step);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode value : found) {
      addTexts(value, texts);
    }
    return texts;
  }

  private static List<JsonNode> follow(List<JsonNode> from, String step) {
    if (step.equals(ANYWHERE)) {
      return within(from);
    }
    List<JsonNode> to = new ArrayList<>();
    for (JsonNode value : from) {
      if (step.equals(EACH)) {
        value.forEach(element -> addBounded(to, element));
      } else {
        addBounded(to, child(value, step));
      }
    }
    return to;
  }

  private static void addBounded(List<JsonNode> to, JsonNode value) {
    if (!value.isMissingNode() && to.size() < Limits.VISITED) {
      to.add(value);
    }
  }

  private static JsonNode child(JsonNode value, String step) {
    if (!value.isArray()) {
      return value.path(step);
    }
    int index = index(step);
    return value.path(index < 0 ? value.size() + index : index);
  }

  /** Reads an index; what is none gives one that no list has. */
  private static int index(String step) {
    try {
      return Integer.parseInt(step);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  private static List<JsonNode> within(List<JsonNode> from) {
    List<JsonNode> found = new ArrayList<>();
    Deque<JsonNode> open = new ArrayDeque<>(from);
    while (!open.isEmpty() && found.size() < Limits.VISITED) {
      JsonNode next = open.remove();
      found.add(next);
      for (JsonNode child : next) {
        if (open.size() < Limits.VISITED) {
          open.add(child);
        }
      }
    }
    return found;
  }

  private static void addTexts(JsonNode value, List<String> texts) {
    if (value.isArray()) {
      value.forEach(element -> addText(element, texts));
    } else {
      addText(value, texts);
    }
  }

  private static void addText(JsonNode value, List<String> texts) {
    if (value.isValueNode() && !value.isNull() && texts.size() < Limits.LIST) {
      texts.addAll(Limits.one(value.asText()));
    }
  }
}
