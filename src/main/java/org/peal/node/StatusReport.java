package org.peal.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.crypto.x509.CrlLife;
import org.peal.stream.Following;
import org.peal.stream.StreamCounters;

/**
 * The status of a node as JSON; {@code docs/operations.md} tells what the fields mean. Stateless.
 */
final class StatusReport {

  /** Grows when a field goes or changes its meaning; new fields may come at any time. */
  static final int VERSION = 1;

  private StatusReport() {}

  static ObjectNode json(
      String peal,
      NodeStatus status,
      Health health,
      List<KeyLife> keys,
      List<CrlLife> lists,
      Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", VERSION);
    json.put("peal", peal);
    json.put("name", status.name());
    json.put("since", status.since().toString());
    json.put("state", health.state());
    health.failures().forEach(json.putArray("failures")::add);
    health.warnings().forEach(json.putArray("warnings")::add);
    ObjectNode parts = json.putObject("parts");
    status.parts().forEach((name, part) -> part(parts.putObject(name.toString()), part, now));
    ArrayNode certificates = json.putArray("certificates");
    keys.forEach(
        key ->
            certificates
                .addObject()
                .put("file", key.name())
                .put("ends", key.end().toString())
                .put("days_left", Math.floor(key.daysLeft(now))));
    ArrayNode revocation = json.putArray("revocation_lists");
    lists.forEach(
        list ->
            revocation
                .addObject()
                .put("authority", list.authority())
                .put("ends", list.end().toString())
                .put("days_left", Math.floor(list.daysLeft(now))));
    return json;
  }

  private static void part(ObjectNode json, PartStatus part, Instant now) {
    part.listening().forEach(json.putArray("listening")::add);
    json.put("problem", part.problem().orElse(null));
    json.put("summary", part.summary());
    ObjectNode counters = json.putObject("counters");
    part.counters().forEach(counters::put);
    ArrayNode links = json.putArray("links");
    part.links().forEach(link -> link(links.addObject(), link, part.facts(link), now));
    ArrayNode following = json.putArray("following");
    part.following().forEach(each -> following(following.addObject(), each));
  }

  private static void following(ObjectNode json, Following following) {
    StreamCounters counters = following.counters();
    json.put("subscriber", following.subscriber());
    json.put("gaps", counters.gaps());
    json.put("filled", counters.filled());
    json.put("lost", counters.lost());
    json.put("late", counters.late());
    json.put("open", counters.open());
    json.put("held", counters.held());
    json.put("replay_questions", counters.questions());
    ArrayNode streams = json.putArray("streams");
    for (Following.Stream stream : following.streams()) {
      streams
          .addObject()
          .put("publisher", stream.publisher())
          .put("stream", stream.stream())
          .put("cursor", stream.cursor())
          .put("lag", stream.lag())
          .put("held", stream.held())
          .put("open", stream.open());
    }
  }

  private static void link(ObjectNode json, SubscriptionStatus link, LinkFacts facts, Instant now) {
    json.put("name", link.origin().name());
    json.put("endpoint", link.origin().address());
    json.put("address", link.address());
    json.put("connected", link.connected());
    json.put("elsewhere", link.isElsewhere());
    json.put("problem", link.problem());
    json.put("since", link.since().toString());
    json.put("last_message", link.lastMessageAt().map(Instant::toString).orElse(null));
    json.put(
        "silent_seconds",
        link.lastMessageAt().map(at -> Duration.between(at, now).toSeconds()).orElse(null));
    json.put("messages", link.messages());
    ObjectNode refused = json.putObject("refused");
    facts.refused().forEach((reason, count) -> refused.put(reason.toString(), count));
    json.put("numbered", facts.isNumbered().orElse(null));
    json.put("misshapen", link.wrongFrameCount());
    json.put("unmatched", link.unmatched());
    json.put("pauses", link.pauses());
  }
}
