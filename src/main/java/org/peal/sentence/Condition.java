package org.peal.sentence;

import java.util.Set;

/**
 * What a message must say for a rule to apply. Immutable.
 *
 * @param value what is looked at
 * @param wanted texts of which one must be among its own; empty when it must have none at all
 */
record Condition(Operand value, Set<String> wanted) {

  /** Stands for any text whatever. */
  private static final String ANY = "*";

  Condition {
    wanted = Set.copyOf(wanted);
  }

  boolean holds(Subject subject) {
    var texts = value.in(subject);
    if (wanted.isEmpty() || texts.isEmpty()) {
      return wanted.isEmpty() && texts.isEmpty();
    }
    return wanted.contains(ANY) || texts.stream().anyMatch(wanted::contains);
  }
}
