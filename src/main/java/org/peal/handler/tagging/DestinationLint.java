package org.peal.handler.tagging;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Entry;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;
import org.peal.handler.tagging.Finding.Severity;

/** Looks at one rule's destinations and the groups they refer to. For one thread. */
final class DestinationLint {

  /** What a hub takes for the name of a tag unless it is told otherwise. */
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9/_.+-]{0,256}");

  private final RuleFileReader.Notice notice;
  private final Expressions expressions;

  /** Groups that some criterion has, those that may have no text, and those it may leave out. */
  private final Set<String> groups = new LinkedHashSet<>();

  private final Set<String> optional = new HashSet<>();
  private final Set<String> sure = new HashSet<>();

  DestinationLint(RuleFileReader.Notice notice, List<Criterion> criteria, Expressions expressions) {
    this.notice = notice;
    this.expressions = expressions;
    criteria.stream()
        .filter(criterion -> !criterion.isDevelopment())
        .forEach(criterion -> sure.addAll(collect(criterion.expected())));
  }

  /** Notes the groups of an expression, and returns those that are collected whenever it holds. */
  private Set<String> collect(PythonTree expected) {
    Set<String> always = new HashSet<>();
    if (expected instanceof Scalar scalar && scalar.value() instanceof String text) {
      always.addAll(groupsOf(text));
    } else if (expected instanceof Mapping mapping) {
      for (Entry entry : mapping.entries().values()) {
        always.addAll(collect(entry.value()));
      }
    } else if (expected instanceof Sequence list) {
      List<Set<String>> each = list.items().stream().map(this::collect).toList();
      each.forEach(always::addAll);
      each.forEach(always::retainAll);
    }
    return always;
  }

  private Set<String> groupsOf(String expression) {
    try {
      PythonRegex regex = expressions.add(expression);
      groups.addAll(regex.groups().keySet());
      optional.addAll(regex.optional());
      return regex.groups().keySet();
    } catch (RegexException e) {
      // Reported where the criterion is looked at.
      return Set.of();
    }
  }

  /** Looks at the destinations of the rule. */
  void check(PythonTree destinations) {
    if (destinations instanceof Sequence list && !list.items().isEmpty()) {
      list.items().forEach(this::one);
    } else {
      one(destinations);
    }
  }

  private void one(PythonTree tree) {
    if (!(tree instanceof Scalar scalar && scalar.value() instanceof String text)
        || text.isEmpty()) {
      notice.add(
          Severity.REFUSED, tree.place(), "destinations must be the name of a tag, in quotes");
      return;
    }
    Destination destination = new Destination(text);
    destination.references().forEach(name -> reference(tree, name));
    if (!TAG.matcher(destination.withoutReferences()).matches()) {
      notice.add(Severity.WARNING, tree.place(), "hubs take no such name for a tag: " + text);
    }
  }

  private void reference(PythonTree tree, String name) {
    if (!groups.contains(name)) {
      notice.add(
          Severity.ERROR,
          tree.place(),
          "no criterion has a named group \""
              + name
              + "\" to refer to: such a tag is not asked for"
              + (groups.isEmpty() ? "" : "; there is " + String.join(", ", groups)));
    } else if (!sure.contains(name)) {
      notice.add(
          Severity.WARNING,
          tree.place(),
          "group \"" + name + "\" is not in every alternative: a tag may lack it");
    } else if (optional.contains(name)) {
      notice.add(
          Severity.WARNING, tree.place(), "group \"" + name + "\" is optional and may be empty");
    }
  }
}
