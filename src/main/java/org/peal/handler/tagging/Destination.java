package org.peal.handler.tagging;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag, or a pattern for tags with references such as {@code \g<name>}. Immutable.
 *
 * @param template as it was written
 */
record Destination(String template) {

  /** A careless rule multiplies: five groups of ten values each are a hundred thousand tags. */
  static final int MAX_TAGS = 1000;

  private static final Pattern REFERENCE = Pattern.compile("\\\\g<([^>]*)>|\\\\([0-9]+)");

  /** Returns the names and numbers that are referred to, in order. */
  Set<String> references() {
    Set<String> names = new LinkedHashSet<>();
    for (Matcher found = REFERENCE.matcher(template); found.find(); ) {
      names.add(found.group(1) == null ? found.group(2) : found.group(1));
    }
    return names;
  }

  /** Returns the text without its references. */
  String withoutReferences() {
    return REFERENCE.matcher(template).replaceAll("");
  }

  /**
   * Returns a tag for each combination of values, the last name varying fastest; repeats are kept.
   *
   * @param groups names to the values that were found, in the order in which they were found first
   * @throws MatchException if there would be too many
   */
  List<String> tags(Map<String, List<String>> groups) throws MatchException {
    long count = 1;
    for (List<String> values : groups.values()) {
      count *= values.size();
      if (count > MAX_TAGS) {
        throw new MatchException(
            "OverflowError", "rule gives more than " + MAX_TAGS + " tags: " + template);
      }
    }
    List<String> tags = List.of(template);
    for (Map.Entry<String, List<String>> group : groups.entrySet()) {
      List<String> next = new ArrayList<>();
      for (String tag : tags) {
        for (String value : group.getValue()) {
          next.add(tag.replace("\\g<" + group.getKey() + ">", value));
        }
      }
      tags = next;
    }
    return tags;
  }
}
