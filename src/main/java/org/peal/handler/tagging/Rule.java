package org.peal.handler.tagging;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.peal.config.PythonTree;

/**
 * One rule: the builds it is for, and the tags they get. Immutable.
 *
 * @param index its place in the whole file, from 1
 * @param id its name; any value, not always there, need not be unique
 * @param states the states it is for
 * @param criteria all of which must hold
 * @param destinations a tag or a pattern for tags; also a list of them
 * @param defect why the original fails when it gets here
 */
record Rule(
    int index,
    PythonTree id,
    Set<String> states,
    List<Criterion> criteria,
    PythonTree destinations,
    Optional<MatchException> defect) {

  Rule {
    states = Set.copyOf(states);
    criteria = List.copyOf(criteria);
  }
}
