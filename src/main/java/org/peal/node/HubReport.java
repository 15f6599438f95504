package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/**
 * What a hub of fedmsg says of its consumers and producers, every five seconds. Immutable.
 *
 * @param tree an object with the lists {@code consumers} and {@code producers}; not to be changed
 */
public record HubReport(JsonNode tree) {

  /** What a hub runs. */
  public enum Kind {
    /** Takes messages. */
    CONSUMER("consumers"),
    /** Makes messages. */
    PRODUCER("producers");

    private final String list;

    Kind(String list) {
      this.list = list;
    }

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public HubReport {
    for (Kind kind : Kind.values()) {
      if (!tree.path(kind.list).isArray()) {
        throw new IllegalArgumentException(
            "a report must be an object with a list \"" + kind.list + "\"");
      }
    }
  }

  /**
   * Reads the one frame of a report.
   *
   * @throws IllegalArgumentException if it is none, saying why
   */
  public static HubReport parse(byte[] frame) {
    try {
      return new HubReport(StrictJson.parse(frame, JsonLimits.DEFAULT));
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("a report must be JSON: " + e.getMessage(), e);
    }
  }

  /** Returns what is wrong with the named ones, a text for each that is; empty when all is well. */
  public List<String> problems(Kind kind, List<String> names) {
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      JsonNode found = find(kind, name);
      if (found.isMissingNode()) {
        problems.add("no " + kind + " \"" + name + "\" runs in the hub");
      } else if (!found.path("initialized").asBoolean(false)) {
        problems.add(kind + " \"" + name + "\" is not initialized");
      }
    }
    return problems;
  }

  private JsonNode find(Kind kind, String name) {
    JsonNode found = tree.path("");
    for (JsonNode each : tree.path(kind.list)) {
      if (name.equals(each.path("name").textValue())) {
        found = each;
      }
    }
    return found;
  }
}
