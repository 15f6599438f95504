package org.peal.handler.tagging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of one file, by the build states they are for. Immutable and thread-safe. */
public final class Rules {

  private final boolean none;
  private final Map<String, List<Rule>> byState = new LinkedHashMap<>();
  private final Expressions expressions;
  private final Optional<MatchException> defect;
  private final int count;
  private final RuleVersion version;

  /**
   * Makes rules.
   *
   * @param none whether the file is empty, which is not the same as an empty list
   * @param defect why the original fails for every message
   * @param version the file that they are of
   */
  Rules(
      boolean none,
      List<Rule> rules,
      Expressions expressions,
      Optional<MatchException> defect,
      RuleVersion version) {
    this.none = none;
    this.expressions = expressions;
    this.defect = defect;
    this.count = rules.size();
    this.version = version;
    for (Rule rule : rules) {
      for (String state : rule.states()) {
        byState.computeIfAbsent(state, any -> new ArrayList<>()).add(rule);
      }
    }
  }

  /** Tells whether the file was empty. */
  boolean isNone() {
    return none;
  }

  /** Returns the file that these are the rules of. */
  public RuleVersion version() {
    return version;
  }

  /** Returns how many rules there are. */
  public int count() {
    return count;
  }

  /**
   * Returns the rules for a state, in file order.
   *
   * @throws MatchException if the original fails for every message
   */
  List<Rule> forState(String state) throws MatchException {
    if (defect.isPresent()) {
      throw defect.get();
    }
    return byState.getOrDefault(state, List.of());
  }

  Expressions expressions() {
    return expressions;
  }
}
