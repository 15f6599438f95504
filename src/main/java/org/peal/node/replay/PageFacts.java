package org.peal.node.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.store.ReplayQuery;
import org.peal.store.StreamId;
import org.peal.stream.LogState;
import org.peal.stream.ReplayPage;

/**
 * The first frame of an answer in pages: what it covers and what the log is. Immutable.
 *
 * @see ReplayPage
 * @see <a href="../../../../../../docs/wire-format.md">wire format, replay</a>
 */
record PageFacts(
    LogState log,
    long until,
    boolean complete,
    List<ReplayQuery.Range> gone,
    List<ReplayQuery.Range> leftOut) {

  PageFacts {
    gone = List.copyOf(gone);
    leftOut = List.copyOf(leftOut);
  }

  byte[] write() {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    ObjectNode facts = frame.putObject(Paging.MEMBER);
    facts.put("version", 1);
    facts.put("stream", log.stream().value());
    facts.put("first", log.first());
    facts.put("last", log.last());
    log.oldest().ifPresent(time -> facts.put("oldest", time.getEpochSecond()));
    log.retention().ifPresent(age -> facts.put("retention", age.toSeconds()));
    facts.put("until", until);
    facts.put("complete", complete);
    write(facts.putArray("gone"), gone);
    write(facts.putArray("left_out"), leftOut);
    return CanonicalJson.write(frame);
  }

  private static void write(ArrayNode list, List<ReplayQuery.Range> ranges) {
    ranges.forEach(range -> list.addArray().add(range.first()).add(range.last()));
  }

  /** Reads the first frame of an answer; empty if it is a message, as of servers without pages. */
  static Optional<PageFacts> read(byte[] frame) {
    try {
      JsonNode tree = StrictJson.parse(frame, JsonLimits.DEFAULT);
      JsonNode facts = tree.path(Paging.MEMBER);
      boolean isOurs = facts.isObject() && !tree.has("topic") && facts.path("version").asInt() >= 1;
      return isOurs ? Optional.of(read(facts)) : Optional.empty();
    } catch (MalformedJsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static PageFacts read(JsonNode facts) {
    LogState log =
        new LogState(
            new StreamId(facts.path("stream").asText()),
            whole(facts, "first"),
            whole(facts, "last"),
            seconds(facts, "oldest").map(Instant::ofEpochSecond),
            seconds(facts, "retention").map(Duration::ofSeconds));
    return new PageFacts(
        log,
        whole(facts, "until"),
        facts.path("complete").asBoolean(),
        ranges(facts.path("gone")),
        ranges(facts.path("left_out")));
  }

  /** Returns a time that is there; far beyond any calendar it is none. */
  private static Optional<Long> seconds(JsonNode facts, String name) {
    return facts.has(name)
        ? Optional.of(whole(facts, name)).filter(seconds -> seconds < 1L << 40)
        : Optional.empty();
  }

  private static long whole(JsonNode facts, String name) {
    JsonNode value = facts.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(name + " must be a whole number: " + value);
    }
    return value.longValue();
  }

  private static List<ReplayQuery.Range> ranges(JsonNode list) {
    List<ReplayQuery.Range> ranges = new ArrayList<>();
    for (JsonNode range : list) {
      if (range.size() != 2
          || !range.get(0).canConvertToLong()
          || !range.get(1).canConvertToLong()
          || range.get(0).longValue() > range.get(1).longValue()) {
        throw new IllegalArgumentException("no range: " + range);
      }
      ranges.add(new ReplayQuery.Range(range.get(0).longValue(), range.get(1).longValue()));
    }
    return ranges;
  }
}
