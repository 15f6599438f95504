package org.peal.handler.tagging;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Scalar;

/**
 * A build and what rules are to make of it. Immutable.
 *
 * @param name for people
 * @param build what is tried
 * @param rule the id or the number of the rule that must match, null in the file for none
 * @param tags the tags that it must give, in order
 */
public record RuleCase(
    String name, BuildSample build, Optional<PythonTree> rule, Optional<List<String>> tags) {

  public RuleCase {
    tags = tags.map(List::copyOf);
  }

  /** Returns what is wrong with a decision about the build; empty when it is as expected. */
  public Optional<String> complaint(Decision decision) {
    if (decision.outcome().isError()) {
      return decision.problem().or(() -> Optional.of(decision.outcome().toString()));
    }
    if (rule.isPresent() && !isRule(rule.get(), decision.matched().orElse(null))) {
      return Optional.of(
          "expected rule "
              + shown(rule.get())
              + ", but "
              + decision
                  .matched()
                  .map(found -> "rule " + found.label() + " matched")
                  .orElse("none matched (" + decision.outcome() + ")"));
    }
    return tags.filter(expected -> !expected.equals(decision.tags()))
        .map(expected -> "expected tags " + expected + ", but they are " + decision.tags());
  }

  private static String shown(PythonTree rule) {
    boolean none = rule instanceof Scalar scalar && scalar.value() == null;
    return none ? "none" : PythonJson.of(rule).toString();
  }

  private static boolean isRule(PythonTree expected, @Nullable RuleCheck found) {
    Object value = expected instanceof Scalar scalar ? scalar.value() : expected;
    if (found == null || value == null) {
      return found == null && value == null;
    }
    return PythonEquality.equal(expected, found.id())
        || value.equals(BigInteger.valueOf(found.index()));
  }
}
