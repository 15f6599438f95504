package org.peal.handler.tagging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;

/** Chooses the tags of a rule that matched. Stateless. */
final class TagChoice {

  private TagChoice() {}

  /**
   * Returns the tags as the original makes them: repeats and references that nothing was found for
   * stay.
   *
   * @throws MatchException where the original fails
   */
  static List<String> original(PythonTree destinations, Groups groups) throws MatchException {
    if (!(destinations instanceof Scalar scalar && scalar.value() instanceof String text)) {
      throw new MatchException(
          groups.isEmpty() ? "TypeError" : "AttributeError", "destinations are no text");
    } else if (groups.isEmpty()) {
      return List.of(text);
    } else if (groups.hasHole()) {
      throw new MatchException("TypeError", "a named group took no part in the match");
    }
    return new Destination(text).tags(groups.values());
  }

  /**
   * Returns the tags, each once, without those that a reference is left in.
   *
   * @param notes gets what was left out
   * @throws MatchException if there are too many
   */
  static List<String> ours(PythonTree destinations, Groups groups, List<String> notes)
      throws MatchException {
    List<PythonTree> all =
        destinations instanceof Sequence list ? list.items() : List.of(destinations);
    Set<String> tags = new LinkedHashSet<>();
    for (PythonTree one : all) {
      Destination destination = new Destination(PythonText.of(one));
      Set<String> references = destination.references();
      if (groups.values().keySet().containsAll(references)) {
        tags.addAll(destination.tags(only(references, groups)));
      } else {
        notes.add(
            "tag \""
                + destination.template()
                + "\" is not asked for: nothing was found for its reference");
      }
    }
    if (tags.size() > Destination.MAX_TAGS) {
      throw new MatchException(
          "OverflowError", "rule gives more than " + Destination.MAX_TAGS + " tags");
    }
    return new ArrayList<>(tags);
  }

  /** Other groups would only repeat the same tags. */
  private static Map<String, List<String>> only(Set<String> names, Groups groups) {
    Map<String, List<String>> found = new LinkedHashMap<>(groups.values());
    found.keySet().retainAll(names);
    return found;
  }
}
