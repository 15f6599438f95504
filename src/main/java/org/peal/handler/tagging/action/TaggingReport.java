package org.peal.handler.tagging.action;

import java.util.List;
import java.util.Optional;
import org.peal.handler.Outcome;
import org.peal.handler.tagging.Decision;
import org.peal.handler.tagging.RuleVersion;

/**
 * What became of one message. Immutable.
 *
 * @param decision what the rules say
 * @param rules the rule file that says so; empty if none was looked at
 * @param asked what came of it in Koji, the build first; with a retry only as far as it got
 * @param outcome how the message ends
 */
record TaggingReport(
    Decision decision, Optional<RuleVersion> rules, List<AskedBuild> asked, Outcome outcome) {

  TaggingReport {
    asked = List.copyOf(asked);
  }

  /** Returns how many requests the hub refused. */
  long refusals() {
    return asked.stream()
        .flatMap(build -> build.tags().stream())
        .filter(tag -> tag.error().isPresent())
        .count();
  }
}
