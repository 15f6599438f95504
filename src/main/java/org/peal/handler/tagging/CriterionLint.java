package org.peal.handler.tagging;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Entry;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;
import org.peal.config.Suggestion;
import org.peal.handler.tagging.Finding.Severity;

/** Compiles the expressions of criteria and notices what is wrong with them. For one thread. */
final class CriterionLint {

  /** Keys that hold text, or what is read as a number for want of quotes. */
  private static final Set<String> TEXTS =
      Set.of("name", "stream", "version", "context", "arch", "summary", "description");

  /** Those of them that are names, which are rarely meant in part. */
  private static final Set<String> NAMES = Set.of("name", "stream", "version", "context", "arch");

  /** Keys that hold lists and mappings. */
  private static final Set<String> STRUCTURES =
      Set.of(
          "dependencies",
          "license",
          "xmd",
          "references",
          "profiles",
          "api",
          "filter",
          "buildopts",
          "components",
          "artifacts",
          "servicelevels",
          "demodularized");

  /** Nothing in it but the characters of a name, so that a whole name is probably meant. */
  private static final Pattern NAME = Pattern.compile("(?:[\\w-]|\\\\?\\.(?=\\w))*\\w+");

  private final RuleFileReader.Notice notice;
  private final Expressions expressions;

  CriterionLint(RuleFileReader.Notice notice, Expressions expressions) {
    this.notice = notice;
    this.expressions = expressions;
  }

  /** Looks at one criterion. */
  void check(Criterion criterion) {
    Scalar key = criterion.key();
    String name = criterion.name();
    if (!(key.value() instanceof String)) {
      warn(key, "key is read as " + name + ", no modulemd has it; put it in quotes");
    } else if (!TEXTS.contains(name) && !STRUCTURES.contains(name) && !criterion.isDevelopment()) {
      unknown(key, name);
    }
    if (criterion.isDevelopment()) {
      development(criterion.expected());
    } else {
      shape(name, criterion.expected());
      top(name, criterion.expected());
    }
  }

  private void unknown(Scalar key, String name) {
    Suggestion.nearest(name, join(TEXTS, STRUCTURES))
        .ifPresent(
            near -> warn(key, "modulemd has no \"" + name + "\", did you mean \"" + near + "\"?"));
  }

  private static List<String> join(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream()).sorted().toList();
  }

  private void development(PythonTree expected) {
    if (!(expected instanceof Scalar scalar && scalar.value() instanceof Boolean)) {
      warn(expected, "development is compared with true or false, nothing else makes sense here");
    }
  }

  private void shape(String name, PythonTree expected) {
    boolean text = expected instanceof Scalar scalar && scalar.value() instanceof String;
    if (text && STRUCTURES.contains(name)) {
      warn(expected, name + " is no text in a modulemd: its text form in Python is searched");
    } else if (expected instanceof Mapping && TEXTS.contains(name)) {
      warn(expected, name + " is text in a modulemd, a map of criteria never holds");
    }
  }

  private void top(String name, PythonTree expected) {
    if (expected instanceof Scalar scalar && !(scalar.value() instanceof String)) {
      String shown = scalar.text().isEmpty() ? "nothing" : scalar.text();
      notice.add(
          Severity.ERROR,
          scalar.place(),
          name + ": " + shown + " is no text and never matches: put it in quotes");
    } else if (expected instanceof Sequence list && list.items().isEmpty()) {
      warn(list, name + ": an empty list never matches");
    } else {
      nested(name, expected, NAMES.contains(name));
    }
  }

  /**
   * Looks at a criterion with all that is in it.
   *
   * @param names whether names are searched
   */
  private void nested(String key, PythonTree expected, boolean names) {
    if (expected instanceof Scalar scalar) {
      scalar(key, scalar, names);
    } else if (expected instanceof Sequence list) {
      for (PythonTree item : list.items()) {
        if (item instanceof Scalar scalar) {
          scalar(key, scalar, names);
        } else {
          warn(item, key + ": a list or map in a list is compared as a whole");
        }
      }
    } else if (expected instanceof Mapping mapping) {
      boolean streams = names || key.equals("dependencies");
      for (Entry entry : mapping.entries().values()) {
        nested(PythonText.of(entry.key()), entry.value(), streams);
      }
    }
  }

  private void scalar(String key, Scalar scalar, boolean names) {
    if (scalar.value() instanceof String text) {
      expression(scalar, text);
      if (names && NAME.matcher(text).matches()) {
        warn(scalar, key + ": \"" + text + "\" is found in longer names too: write ^" + text + "$");
      }
    } else if (!(scalar.value() instanceof Boolean)) {
      warn(
          scalar,
          key + ": " + scalar.text() + " is no text and is compared as a value: put it in quotes");
    }
  }

  private void expression(Scalar scalar, String text) {
    try {
      expressions.add(text);
    } catch (RegexException e) {
      notice.add(
          Severity.REFUSED, scalar.place(), "not an expression: " + e.getMessage() + ": " + text);
    }
  }

  private void warn(PythonTree place, String text) {
    notice.add(Severity.WARNING, place.place(), text);
  }
}
