package org.peal.filter;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The way to values in a message: a field, and steps down from it. It leads to any number of
 * values: none when something on the way is missing, several with {@link Step.Each}. Immutable.
 */
record Path(Field field, List<Step> steps) {

  Path {
    steps = List.copyOf(steps);
  }

  /** Tells whether one of the values meets a condition; stops at the first that does. */
  boolean leadsTo(Condition condition, Run run) {
    return leadsTo(condition, field.of(run.subject()), 0, run);
  }

  private boolean leadsTo(Condition condition, JsonNode value, int step, Run run) {
    run.spend(1);
    if (value.isMissingNode()) {
      return false;
    } else if (step == steps.size()) {
      return condition.holds(value, run);
    } else if (!(steps.get(step) instanceof Step.Each)) {
      return leadsTo(condition, steps.get(step).from(value), step + 1, run);
    } else if (!value.isArray()) {
      return false;
    }
    for (JsonNode element : value) {
      if (leadsTo(condition, element, step + 1, run)) {
        return true;
      }
    }
    return false;
  }

  String text() {
    return field.word() + steps.stream().map(Step::text).collect(joining());
  }
}
