package org.peal.handler.tagging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** The values of named groups, in the order in which they were found. For one rule, one thread. */
final class Groups {

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private boolean hole;

  /** Adds what an expression found. */
  void add(PythonRegex regex, MatchResult match) {
    regex.groups().forEach((name, number) -> add(name, match.group(number)));
  }

  private void add(String name, @Nullable String value) {
    hole |= value == null;
    values.computeIfAbsent(name, any -> new ArrayList<>()).add(value == null ? "" : value);
  }

  /** Tells whether a group took no part in a match, and so has no value; it counts as empty. */
  boolean hasHole() {
    return hole;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Returns the values of each name, in the order in which the names were found first. */
  Map<String, List<String>> values() {
    return values;
  }
}
