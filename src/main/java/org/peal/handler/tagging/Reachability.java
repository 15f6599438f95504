package org.peal.handler.tagging;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows which rules are never reached, because one before takes every build. For one thread. */
final class Reachability {

  /** State to the first rule that matches everything in it. */
  private final Map<String, Integer> takers = new HashMap<>();

  /**
   * Notes a rule, and returns a complaint if no build reaches it.
   *
   * @param all whether it matches every build
   */
  Optional<String> after(int index, Set<String> states, boolean all) {
    boolean reached = states.isEmpty() || states.stream().anyMatch(s -> !takers.containsKey(s));
    Optional<String> complaint =
        reached
            ? Optional.empty()
            : Optional.of(
                "rule is never reached: rule "
                    + takers.get(states.iterator().next())
                    + " takes every build in state "
                    + states.iterator().next());
    if (all) {
      states.forEach(state -> takers.putIfAbsent(state, index));
    }
    return complaint;
  }
}
