package org.peal.handler.tagging.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peal.metrics.Sample;

/**
 * Counts what became of messages, also under the names that the original has for it. Thread-safe.
 */
final class TaggingCounters {

  /** More rules than this are counted together. */
  private static final int MOST_RULES = 1000;

  private static final String REST = "other";

  private final String handler;
  private final Map<String, Long> decisions = new TreeMap<>();
  private final Map<String, Long> hits = new TreeMap<>();
  private long matched;
  private long failed;

  TaggingCounters(String handler) {
    this.handler = handler;
  }

  /** Counts a message, once: not while it is to come again. */
  synchronized void count(TaggingReport report) {
    if (report.outcome().isPutOff()) {
      return;
    }
    matched += report.decision().matched().isPresent() ? 1 : 0;
    failed += report.refusals();
    decisions.merge(report.decision().outcome().toString(), 1L, Long::sum);
    report
        .decision()
        .matched()
        .ifPresent(
            rule -> {
              String label = rule.label();
              boolean isKnown = hits.containsKey(label) || hits.size() < MOST_RULES;
              hits.merge(isKnown ? label : REST, 1L, Long::sum);
            });
  }

  synchronized List<Sample> samples(HubOutage outage) {
    List<Sample> samples = new ArrayList<>();
    Map<String, String> who = Map.of("handler", handler);
    samples.add(
        Sample.gauge(
            "peal_tagging_outage_seconds",
            "for how long Koji has been down, 0 while it is not known to be",
            who,
            (double) outage.length().toSeconds()));
    samples.add(
        Sample.counter("matched_module_builds", "builds for which a rule matched", who, matched));
    samples.add(
        Sample.counter(
            "failed_tag_build_requests", "tags that Koji refused to put on a build", who, failed));
    decisions.forEach(
        (outcome, count) ->
            samples.add(
                Sample.counter(
                    "peal_tagging_decisions",
                    "messages by what the rules made of them",
                    Map.of("handler", handler, "decision", outcome),
                    count)));
    hits.forEach(
        (rule, count) ->
            samples.add(
                Sample.counter(
                    "peal_tagging_rule_hits",
                    "builds by the rule that matched",
                    Map.of("handler", handler, "rule", rule),
                    count)));
    return samples;
  }
}
