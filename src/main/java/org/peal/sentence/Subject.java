package org.peal.sentence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A message of any shape as the rules see it. Immutable as long as the tree is.
 *
 * <p>A topic is prefix, environment, service and event. The environment is the first segment but
 * one that has a known name, or else the third.
 */
final class Subject {

  private static final Set<String> ENVIRONMENTS = Set.of("dev", "stg", "prod");
  private static final int FACTS = 4;

  private final JsonNode envelope;
  private final List<String> segments;
  private final int environment;

  Subject(JsonNode envelope) {
    this.envelope = envelope;
    this.segments = List.of(topic().split("\\.", -1));
    this.environment = environment(segments);
  }

  private static int environment(List<String> segments) {
    for (int at = 1; at < segments.size(); at++) {
      if (ENVIRONMENTS.contains(segments.get(at))) {
        return at;
      }
    }
    return 2;
  }

  JsonNode body() {
    return envelope.path("msg");
  }

  String topic() {
    return Limits.cut(envelope.path("topic").asText(), Limits.TEXT);
  }

  /** Returns the topic from its fourth segment on, or all of a shorter one. */
  String title() {
    return segments.size() > 3 ? join(3, segments.size()) : topic();
  }

  String prefix() {
    return join(0, Math.min(environment, segments.size()));
  }

  String environment() {
    return segment(0);
  }

  String service() {
    return segment(1);
  }

  /** Returns what follows the service. */
  String event() {
    return environment + 2 < segments.size() ? join(environment + 2, segments.size()) : "";
  }

  /** Returns a part of the topic by its distance from the environment, or an empty text. */
  String segment(int distance) {
    int at = environment + distance;
    return at < segments.size() ? segments.get(at) : "";
  }

  String username() {
    return Limits.cut(envelope.path("username").asText(), Limits.TEXT);
  }

  /** Returns the first plain members of the body, which tell most messages apart. */
  String facts() {
    List<String> facts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : body().properties()) {
      JsonNode value = member.getValue();
      if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
        facts.add(Limits.cut(member.getKey() + "=" + value.asText(), Limits.TEXT));
      }
      if (facts.size() == FACTS) {
        break;
      }
    }
    return String.join(" ", facts);
  }

  private String join(int from, int to) {
    return String.join(".", segments.subList(from, to));
  }
}
