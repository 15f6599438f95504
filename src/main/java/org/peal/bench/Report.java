package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was measured in one run, and where. Immutable.
 *
 * @param machine the machine, in words
 * @param load how many threads wanted to run while it began, from the system; negative if unknown
 */
public record Report(Instant at, String machine, double load, List<Row> rows) {

  public Report {
    rows = List.copyOf(rows);
  }

  /** Returns it as JSON. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", at.toString());
    json.put("machine", machine);
    json.put("load", load);
    rows.forEach(row -> json.withArray("/rows").add(json(row)));
    return json;
  }

  private static ObjectNode json(Row row) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("path", row.path());
    json.put("what", row.what());
    json.put("unit", row.unit());
    json.put("figure", row.figure());
    json.put("limit_name", row.limitName());
    json.put("limit", row.limit());
    json.put("ratio", row.ratio());
    json.put("spread", row.spread());
    Row.Goal goal = row.goal();
    if (goal != null) {
      json.put(goal.isCeiling() ? "goal_at_most" : "goal_at_least", goal.value());
    }
    return json;
  }

  /**
   * Reads what {@link #toJson} made.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Report of(JsonNode json) {
    try {
      List<Row> rows = new ArrayList<>();
      json.required("rows").forEach(row -> rows.add(row(row)));
      return new Report(
          Instant.parse(json.required("at").asText()),
          json.required("machine").asText(),
          json.required("load").asDouble(),
          rows);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("no result of peal bench: " + e.getMessage(), e);
    }
  }

  private static Row row(JsonNode json) {
    Row.Goal goal =
        json.has("goal_at_most")
            ? Row.Goal.atMost(json.path("goal_at_most").asDouble())
            : json.has("goal_at_least")
                ? Row.Goal.atLeast(json.path("goal_at_least").asDouble())
                : null;
    return new Row(
        json.required("path").asText(),
        json.required("what").asText(),
        json.required("unit").asText(),
        json.required("figure").asDouble(),
        json.required("limit_name").asText(),
        json.required("limit").asDouble(),
        json.required("ratio").asDouble(),
        goal,
        json.required("spread").asDouble());
  }

  /** Returns what measured the same as a row, if anything did. */
  public Optional<Row> like(Row other) {
    return rows.stream()
        .filter(row -> row.path().equals(other.path()) && row.what().equals(other.what()))
        .findFirst();
  }
}
