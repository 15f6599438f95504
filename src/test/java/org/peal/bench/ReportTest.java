package org.peal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peal.bench.Row.Goal;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

class ReportTest {

  private static final Row FLOOR =
      new Row("a", "x", "/s", 10, "bare", 20, 0.5, Goal.atLeast(0.8), 0.1);
  private static final Row CEILING =
      new Row("a", "y", "us", 30, "bare", 20, 1.5, Goal.atMost(2), 0.2);
  private static final Row OPEN = new Row("b", "x", "ms", 1, "bare", 2, 0.5, null, 0);

  private final Report report =
      new Report(
          Instant.parse("2026-11-25T20:00:00Z"),
          "2 cores (amd64), Java 17",
          0.5,
          List.of(FLOOR, CEILING, OPEN));

  @Test
  void of_whatWasWritten_isTheSame() {
    JsonNode read = StrictJson.parse(CanonicalJson.write(report.toJson()), JsonLimits.DEFAULT);
    assertThat(Report.of(read)).isEqualTo(report);
  }

  @Test
  void of_somethingElse_saysSo() {
    JsonNode other = JsonNodeFactory.instance.objectNode().put("rows", 1);
    assertThatThrownBy(() -> Report.of(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no result of peal bench");
  }

  @Test
  void like_pathAndKind_haveToBeTheSame() {
    assertThat(report.like(new Row("a", "y", "/s", 0, "z", 0, 0, null, 0))).contains(CEILING);
    assertThat(report.like(new Row("b", "y", "/s", 0, "z", 0, 0, null, 0))).isEmpty();
  }
}
