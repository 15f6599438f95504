package org.peal.crypto;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peal.message.Topic;
import org.peal.message.TopicPattern;

/**
 * Says which signer may use which topic. Immutable.
 *
 * <p>A rule for exactly the topic wins over every pattern; of the patterns that match, the one with
 * the most literal segments wins, and among equals the first. A topic without a rule is open to
 * everyone, or to nobody when the policy is nitpicky.
 */
public final class RoutingPolicy {

  /** The policy without rules: everyone may use every topic. */
  public static final RoutingPolicy OPEN = new RoutingPolicy(List.of(), false);

  /**
   * Who may use a topic, or the topics that match a pattern.
   *
   * @param topic a topic or a pattern with {@code *} or {@code #}
   * @param signers names, compared with their case; empty means nobody
   */
  public record Rule(String topic, Set<String> signers) {
    public Rule {
      signers = Set.copyOf(signers);
    }
  }

  private record PatternRule(TopicPattern pattern, Rule rule) {}

  private final List<Rule> rules;
  private final boolean nitpicky;
  private final Map<String, Rule> exact = new HashMap<>();
  private final List<PatternRule> patterns = new ArrayList<>();

  /**
   * Makes a policy.
   *
   * @param rules in the order of their file; of two for the same exact topic the last counts
   * @param nitpicky whether topics without a rule are closed
   * @throws IllegalArgumentException if a pattern cannot be read
   */
  public RoutingPolicy(List<Rule> rules, boolean nitpicky) {
    this.rules = List.copyOf(rules);
    this.nitpicky = nitpicky;
    this.rules.forEach(this::index);
    // A stable sort: among equals the first of the file stays first.
    patterns.sort((a, b) -> b.pattern().literalSegments() - a.pattern().literalSegments());
  }

  private void index(Rule rule) {
    if (TopicPattern.isPattern(rule.topic())) {
      patterns.add(new PatternRule(TopicPattern.parse(rule.topic()), rule));
    } else {
      exact.put(rule.topic(), rule);
    }
  }

  /** Returns the rules in the order of their file. */
  public List<Rule> rules() {
    return rules;
  }

  /** Tells whether topics without a rule are closed to everyone. */
  public boolean nitpicky() {
    return nitpicky;
  }

  /** Returns this policy with the given strictness. */
  public RoutingPolicy withNitpicky(boolean wanted) {
    return wanted == nitpicky ? this : new RoutingPolicy(rules, wanted);
  }

  /** Tells whether a signer may use a topic. */
  public boolean permits(Topic topic, String signer) {
    return ruleFor(topic).map(rule -> rule.signers().contains(signer)).orElse(!nitpicky);
  }

  /** Returns the rule that decides about a topic, if there is one. */
  public Optional<Rule> ruleFor(Topic topic) {
    Rule rule = exact.get(topic.value());
    return rule != null ? Optional.of(rule) : patternFor(topic);
  }

  private Optional<Rule> patternFor(Topic topic) {
    for (PatternRule candidate : patterns) {
      if (candidate.pattern().matches(topic.value())) {
        return Optional.of(candidate.rule());
      }
    }
    return Optional.empty();
  }
}
