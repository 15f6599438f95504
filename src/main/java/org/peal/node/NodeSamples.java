package org.peal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.crypto.x509.CrlLife;
import org.peal.metrics.Sample;

/**
 * Turns the status of a node into metrics. Stateless.
 *
 * <p>Every counter of a part becomes {@code peal_NAME_total{part=".."}}; {@code refused_REASON}
 * becomes {@code peal_refused_total} with the reason as a label.
 */
final class NodeSamples {

  private static final String REFUSED = "refused_";

  /** What counters mean that do not explain themselves. */
  private static final Map<String, String> HELP =
      Map.ofEntries(
          Map.entry("accepted", "messages that were stored, or sent without a store"),
          Map.entry("refused", "drafts that were not accepted"),
          Map.entry("dropped", "messages or copies that were given up for want of room"),
          Map.entry("unsent", "accepted messages that could not be handed to the network"),
          Map.entry("clients_turned_away", "programs that found no room on node.submit"),
          Map.entry("received", "messages of two frames that came in"),
          Map.entry("forwarded", "messages that were published again"),
          Map.entry("signed", "messages that came unsigned and were signed"),
          Map.entry("misshapen", "messages that had not the right frames"),
          Map.entry("replay_questions", "questions for messages that were missed"),
          Map.entry("replay_answers", "answers that were given to those who missed messages"),
          Map.entry("replay_messages", "messages that were given again"),
          Map.entry("replay_refused", "questions that were answered with an error"),
          Map.entry("replay_failed", "questions that failed by a fault of this node"),
          Map.entry("replay_clients_dropped", "clients that were too slow, or did not wait"));

  private NodeSamples() {}

  static List<Sample> of(
      NodeStatus status, Health health, List<KeyLife> keys, List<CrlLife> lists, Instant now) {
    List<Sample> samples = new ArrayList<>();
    samples.add(
        Sample.gauge(
            "peal_ready", "1 if the node does its work", Map.of(), health.isReady() ? 1 : 0));
    samples.add(
        Sample.gauge(
            "peal_warnings", "what somebody should look at", Map.of(), health.warnings().size()));
    samples.add(
        Sample.gauge(
            "peal_start_time_seconds",
            "when the node started, since 1970",
            Map.of(),
            (double) status.since().getEpochSecond()));
    status
        .parts()
        .forEach(
            (name, part) -> {
              part.counters().forEach((key, value) -> samples.add(counter(name, key, value)));
              links(name, part, now, samples);
              samples.addAll(StreamSamples.of(name, part.following()));
            });
    for (KeyLife key : keys) {
      samples.add(
          Sample.gauge(
              "peal_certificate_days_left",
              "days until a certificate of this host ends",
              Map.of("file", key.name()),
              key.daysLeft(now)));
    }
    for (CrlLife list : lists) {
      samples.add(
          Sample.gauge(
              "peal_crl_days_left",
              "days until the revocation list of an authority ends",
              Map.of("authority", list.authority()),
              list.daysLeft(now)));
    }
    return samples;
  }

  private static Sample counter(PartName part, String key, long value) {
    if (key.startsWith(REFUSED)) {
      return Sample.counter(
          "peal_refused",
          "messages that are not valid, by reason",
          Map.of("part", part.toString(), "reason", key.substring(REFUSED.length())),
          value);
    }
    return Sample.counter(
        "peal_" + key,
        HELP.getOrDefault(key, key.replace('_', ' ')),
        Map.of("part", part.toString()),
        value);
  }

  private static Map<String, String> with(Map<String, String> labels, String name, String value) {
    Map<String, String> more = new HashMap<>(labels);
    more.put(name, value);
    return more;
  }

  private static void links(PartName name, PartStatus part, Instant now, List<Sample> samples) {
    Set<Map<String, String>> told = new HashSet<>();
    for (SubscriptionStatus link : part.links()) {
      Map<String, String> labels =
          Map.of(
              "part",
              name.toString(),
              "publisher",
              link.origin().name(),
              "endpoint",
              link.origin().address());
      if (!told.add(labels)) {
        continue;
      }
      samples.add(
          Sample.gauge(
              "peal_link_up", "1 if a publisher is connected", labels, link.connected() ? 1 : 0));
      samples.add(
          Sample.counter("peal_link_messages", "messages of a publisher", labels, link.messages()));
      samples.add(
          Sample.counter(
              "peal_link_misshapen",
              "messages that had not exactly two frames",
              labels,
              link.wrongFrameCount()));
      samples.add(
          Sample.counter(
              "peal_link_pauses",
              "how often a full queue stopped the reading",
              labels,
              link.pauses()));
      part.facts(link)
          .refused()
          .forEach(
              (reason, count) ->
                  samples.add(
                      Sample.counter(
                          "peal_link_refused",
                          "messages of a publisher that are not valid, by reason",
                          with(labels, "reason", reason.name().toLowerCase(Locale.ROOT)),
                          count)));
      part.facts(link)
          .isNumbered()
          .ifPresent(
              is ->
                  samples.add(
                      Sample.gauge(
                          "peal_link_numbered",
                          "0 if a publisher's messages have no sequence ids",
                          labels,
                          is ? 1 : 0)));
      link.lastMessageAt()
          .ifPresent(
              at ->
                  samples.add(
                      Sample.gauge(
                          "peal_link_silent_seconds",
                          "time since a publisher was last heard",
                          labels,
                          Duration.between(at, now).toMillis() / 1000.0)));
    }
  }
}
