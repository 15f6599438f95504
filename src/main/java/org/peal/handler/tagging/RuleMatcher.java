package org.peal.handler.tagging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.BoundedRegex;
import org.peal.Deadline;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Entry;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;
import org.peal.handler.tagging.TaggingSettings.Identity;

/** Tries rules on one build. For one build, one thread. */
final class RuleMatcher {

  private static final int MOST_SEARCHES = 10_000;

  /** An expression of the file, each of which is compiled once, and a text it is searched in. */
  private record Probe(PythonRegex regex, String text) {}

  private final Expressions expressions;
  private final Mapping data;
  private final ModuleBuild build;
  private final TaggingSettings settings;
  private final List<String> notes;
  private final Deadline deadline;

  private final Map<Probe, BoundedRegex.Search> searches = new HashMap<>();
  private Groups groups = new Groups();

  /**
   * Makes a matcher.
   *
   * @param notes gets what is odd about the build's metadata
   * @param deadline when to give up on all rules together
   */
  RuleMatcher(
      Expressions expressions,
      Modulemd modulemd,
      ModuleBuild build,
      TaggingSettings settings,
      List<String> notes,
      Deadline deadline) {
    this.expressions = expressions;
    this.data = modulemd.data();
    this.build = build;
    this.settings = settings;
    this.notes = notes;
    this.deadline = deadline;
  }

  /** Tries a rule; what its groups found is in {@link #groups} until the next. */
  RuleCheck check(Rule rule) {
    groups = new Groups();
    List<CriterionCheck> criteria = new ArrayList<>();
    String error = null;
    try {
      for (Criterion criterion : rule.criteria()) {
        criteria.add(check(criterion));
      }
    } catch (MatchException e) {
      error = e.getMessage();
    }
    return new RuleCheck(rule.index(), rule.id(), criteria, error);
  }

  Groups groups() {
    return groups;
  }

  private CriterionCheck check(Criterion criterion) throws MatchException {
    PythonTree actual = actual(criterion);
    boolean holds = actual != null && holds(criterion, actual);
    return new CriterionCheck(criterion.name(), criterion.expected(), actual, holds);
  }

  private @Nullable PythonTree actual(Criterion criterion) {
    Scalar key = criterion.key();
    PythonTree found = data.get(key);
    if (criterion.isDevelopment()) {
      return found == null ? Scalar.of(false, data.place()) : found;
    }
    Object name = key.value();
    Optional<String> named =
        settings.identity() == Identity.MESSAGE && name != null
            ? build.field(name)
            : Optional.empty();
    if (named.isPresent()) {
      compare(criterion.name(), named.get(), found);
      return Scalar.of(named.get(), data.place());
    }
    return found;
  }

  private void compare(String name, String said, @Nullable PythonTree read) {
    if (read instanceof Scalar scalar && !PythonText.of(scalar).equals(said)) {
      note(
          "the modulemd's %s is read as %s, the message says %s, which counts"
              .formatted(name, PythonText.of(scalar), said));
    }
  }

  private boolean holds(Criterion criterion, PythonTree actual) throws MatchException {
    PythonTree expected = criterion.expected();
    if (criterion.isDevelopment()) {
      return PythonEquality.equal(expected, actual);
    } else if (isNull(actual)) {
      return false;
    } else if (expected instanceof Mapping mapping) {
      return holds(criterion.name(), mapping, first(criterion.name(), actual));
    } else if (expected instanceof Sequence list) {
      return any(list, actual);
    }
    return holds(expected, Scalar.of(PythonText.of(actual), actual.place()));
  }

  private static boolean isNull(@Nullable PythonTree tree) {
    return tree == null || (tree instanceof Scalar scalar && scalar.value() == null);
  }

  /** Of a list, such as a modulemd's blocks of dependencies, only the first element counts. */
  private @Nullable PythonTree first(String name, PythonTree actual) throws MatchException {
    if (!(actual instanceof Sequence list)) {
      return actual;
    } else if (list.items().isEmpty()) {
      wrong("IndexError", name + " is an empty list, the rule has a map");
      return null;
    } else if (list.items().size() > 1) {
      note("only the first of " + list.items().size() + " blocks of " + name + " counts");
    }
    return list.items().get(0);
  }

  private boolean holds(String name, Mapping expected, @Nullable PythonTree actual)
      throws MatchException {
    if (!(actual instanceof Mapping mapping)) {
      if (actual != null && expected.entries().isEmpty()) {
        // What it is nobody finds out before the first key is looked for.
        return true;
      } else if (actual != null) {
        wrong("AttributeError", name + " is no map, the rule has one");
      }
      return false;
    }
    for (Entry entry : expected.entries().values()) {
      if (!holds(entry, mapping.get(entry.key()))) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(Entry entry, @Nullable PythonTree actual) throws MatchException {
    if (actual == null || isNull(actual)) {
      return false;
    } else if (entry.value() instanceof Mapping mapping) {
      return holds(PythonText.of(entry.key()), mapping, actual);
    } else if (entry.value() instanceof Sequence list) {
      return any(list, actual);
    }
    return holds(entry.value(), actual);
  }

  private boolean any(Sequence expected, PythonTree actual) throws MatchException {
    for (PythonTree one : expected.items()) {
      if (holds(one, actual)) {
        return true;
      }
    }
    return false;
  }

  /** Compares one value of a rule with one or more of the build. */
  private boolean holds(PythonTree expected, PythonTree actual) throws MatchException {
    List<PythonTree> candidates = actual instanceof Sequence list ? list.items() : List.of(actual);
    if (!(expected instanceof Scalar scalar && scalar.value() instanceof String text)) {
      return candidates.stream().anyMatch(one -> PythonEquality.equal(expected, one));
    }
    boolean found = false;
    for (PythonTree candidate : candidates) {
      found |= isFound(text, candidate);
    }
    return found;
  }

  private boolean isFound(String expression, PythonTree candidate) throws MatchException {
    PythonRegex regex = expressions.get(expression);
    String text = PythonText.of(candidate);
    if (!regex.mayBeIn(text)) {
      return false;
    }
    BoundedRegex.Search search = search(regex, text);
    if (search instanceof BoundedRegex.GivenUp) {
      throw new MatchException("TimeoutError", "expression takes too long: " + expression);
    } else if (search instanceof BoundedRegex.Found found) {
      groups.add(regex, found.match());
      return true;
    }
    return false;
  }

  /** Rules repeat each other: one name, one platform for many. */
  private BoundedRegex.Search search(PythonRegex regex, String text) throws MatchException {
    Probe probe = new Probe(regex, text);
    BoundedRegex.Search known = searches.get(probe);
    if (known != null) {
      return known;
    }
    if (deadline.left().isZero()) {
      throw new MatchException("TimeoutError", "the rules take too long");
    }
    BoundedRegex.Search made = regex.search(text);
    if (searches.size() < MOST_SEARCHES) {
      searches.put(probe, made);
    }
    return made;
  }

  /** The original fails here; to us it is a criterion that does not hold. */
  private void wrong(String type, String text) throws MatchException {
    if (settings.compat() == Compat.ORIGINAL) {
      throw new MatchException(type, text);
    }
    note(text);
  }

  private void note(String text) {
    if (!notes.contains(text)) {
      notes.add(text);
    }
  }
}
