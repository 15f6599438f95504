package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a message says, for people. Immutable; the texts are not yet safe for a terminal.
 *
 * @param title the topic from its fourth segment on
 * @param subtitle what happened, or empty
 * @param link where to read more, or empty
 */
record Sentence(String title, String subtitle, String link) {

  private static final int FACTS = 4;

  /** Reads a message of any shape; missing parts give empty texts. */
  static Sentence of(JsonNode envelope) {
    String topic = envelope.path("topic").asText();
    String[] segments = topic.split("\\.", -1);
    String title = segments.length > 3 ? String.join(".", skip(segments, 3)) : topic;
    JsonNode body = envelope.path("msg");
    String user = envelope.path("username").asText();
    if (title.startsWith("logger.")) {
      String text =
          body.path("log").isTextual() ? body.path("log").asText() : "<custom JSON message>";
      return new Sentence(title, text + " (" + user + ")", "");
    }
    if (title.startsWith("announce.")) {
      return new Sentence(title, body.path("message").asText(), link(body));
    }
    return new Sentence(title, facts(body), link(body));
  }

  /** Returns the title, the subtitle and the link as {@code fedmsg-tail --terse} joins them. */
  String terse() {
    return title + " -- " + subtitle + " " + link;
  }

  private static List<String> skip(String[] segments, int count) {
    return List.of(segments).subList(count, segments.length);
  }

  private static String link(JsonNode body) {
    for (String key : List.of("link", "url")) {
      if (body.path(key).isTextual()) {
        return body.path(key).asText();
      }
    }
    return "";
  }

  /** The first plain members of the body tell most messages apart. */
  private static String facts(JsonNode body) {
    List<String> facts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (facts.size() == FACTS) {
        break;
      }
      JsonNode value = member.getValue();
      if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
        facts.add(member.getKey() + "=" + value.asText());
      }
    }
    return String.join(" ", facts);
  }
}
