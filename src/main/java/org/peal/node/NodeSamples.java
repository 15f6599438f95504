package org.peal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
              links(name, part.links(), now, samples);
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
        "messages: " + key.replace('_', ' '),
        Map.of("part", part.toString()),
        value);
  }

  private static void links(
      PartName part, List<SubscriptionStatus> links, Instant now, List<Sample> samples) {
    Set<Map<String, String>> told = new HashSet<>();
    for (SubscriptionStatus link : links) {
      Map<String, String> labels =
          Map.of(
              "part",
              part.toString(),
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
