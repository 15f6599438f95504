package org.peal.handler.tagging;

import org.peal.config.Place;
import org.peal.config.Problem;

/**
 * One thing that was noticed in a rule file. Immutable.
 *
 * @param place where it stands
 * @param rule the rule it is about, such as {@code rule 2 "Gating"}, or empty
 */
public record Finding(Severity severity, Place place, String rule, String text) {

  /** How bad it is. */
  public enum Severity {
    /** An error for which the whole file is refused. */
    REFUSED,
    /** An error that spares the rest: the rule does not do what it seems to say. */
    ERROR,
    /** Something that is probably not meant. */
    WARNING
  }

  /** Returns that a file cannot be read at all. */
  public static Finding of(Problem problem) {
    return new Finding(Severity.REFUSED, problem.place(), problem.key(), problem.text());
  }

  /** Tells whether this is an error of either kind. */
  public boolean isError() {
    return severity != Severity.WARNING;
  }

  /** Returns the finding as a problem of its file. */
  Problem problem() {
    return new Problem(place, rule, text);
  }

  /** Returns {@code place: severity: rule: text} on one line, safe for any terminal. */
  @Override
  public String toString() {
    String word = isError() ? "error: " : "warning: ";
    return new Problem(place, "", word + (rule.isEmpty() ? "" : rule + ": ") + text).toString();
  }
}
