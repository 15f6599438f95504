package org.peal.handler.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.handler.tagging.TaggingVectors.Case;

/** The recorded behaviour of the original, in both modes. */
class TaggingVectorsTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Quirks of the network's edges: not the engine's, but {@code ServerFailuresIT} has them. */
  private static final Set<String> NETWORK = Set.of("v45", "v46", "v47", "v62");

  /**
   * Quirks that we do not keep by default, with what becomes of them; docs/tagging.md lists them.
   */
  private static final Map<String, String> DECIDED =
      Map.ofEntries(
          Map.entry("v12", "tagged [f29-modular-candidate]"),
          Map.entry("v16", "tagged []"),
          Map.entry("v17", "tagged [modular-static]"),
          Map.entry("v24", "tagged [modular-scratch-builds]"),
          Map.entry("v35", "tagged [stream-1.10]"),
          Map.entry("v36", "unmatched []"),
          Map.entry("v48", "rules-unavailable []"),
          Map.entry("v49", "rules-unavailable []"),
          Map.entry("v50", "rules-unavailable []"),
          Map.entry("v51", "tagged [good]"),
          Map.entry("v52", "tagged [both]"),
          Map.entry("v53", "tagged [tag-a, tag-b]"),
          Map.entry("v54", "tagged [f29-a, f29-b]"),
          Map.entry("v55", "tagged [s-10]"),
          Map.entry("v56", "rules-unavailable []"),
          Map.entry("v57", "handler-error []"),
          Map.entry("v65", "tagged [odd]"),
          Map.entry("v66", "unmatched []"),
          Map.entry("v67", "tagged []"),
          Map.entry("v76", "tagged [ctx-text]"),
          Map.entry("v77", "handler-error []"),
          Map.entry("v78", "handler-error []"),
          Map.entry("v79", "rules-unavailable []"),
          Map.entry("v80", "tagged [by-number]"),
          Map.entry("v81", "tagged [f28-users]"),
          Map.entry("v84", "unmatched []"));

  static List<Case> all() {
    return Stream.concat(TaggingVectors.cases().stream(), TaggingVectors.random().stream())
        .toList();
  }

  static List<Case> parity() {
    return all().stream().filter(Case::parity).toList();
  }

  static List<Case> quirks() {
    return all().stream().filter(row -> !row.parity() && !NETWORK.contains(row.id())).toList();
  }

  @Test
  void vectors_all_areThere() {
    assertThat(TaggingVectors.cases()).hasSize(84);
    assertThat(TaggingVectors.random()).hasSize(160);
  }

  @ParameterizedTest
  @MethodSource("parity")
  void decide_likeTheOriginal_isTheSame(Case row) {
    assertThat(shape(Decisions.of(row, Compat.ORIGINAL).toJson()))
        .hasToString(expected(row).toString());
  }

  /** Also what nobody would want can be had, with the same error. */
  @ParameterizedTest
  @MethodSource("quirks")
  void decide_quirkLikeTheOriginal_isTheSame(Case row) {
    assertThat(shape(Decisions.of(row, Compat.ORIGINAL).toJson()))
        .hasToString(expected(row).toString());
  }

  /** By default nothing else differs than repeated tags, and tags that a reference is left in. */
  @ParameterizedTest
  @MethodSource("parity")
  void decide_ours_differsOnlyAsListed(Case row) {
    ObjectNode expected = expected(row);
    Set<String> tags = new LinkedHashSet<>();
    expected.get("destination_tags").forEach(tag -> tags.add(tag.textValue()));
    tags.removeIf(tag -> tag.contains("\\g<"));
    ArrayNode kept = expected.putArray("destination_tags");
    tags.forEach(kept::add);
    ArrayNode calls = JSON.arrayNode();
    Set<JsonNode> seen = new LinkedHashSet<>();
    expected
        .get("would_call")
        .forEach(
            call -> {
              if (tags.contains(call.get(0).textValue()) && seen.add(call)) {
                calls.add(call);
              }
            });
    expected.set("would_call", calls);
    assertThat(shape(Decisions.of(row, Compat.PEAL).toJson())).hasToString(expected.toString());
  }

  @ParameterizedTest
  @MethodSource("quirks")
  void decide_quirkByDefault_isAsDecided(Case row) {
    Decision decision = Decisions.of(row, Compat.PEAL);
    assertThat(decision.outcome() + " " + decision.tags()).isEqualTo(DECIDED.get(row.id()));
  }

  private static ObjectNode expected(Case row) {
    JsonNode from = row.expected();
    ObjectNode to = JSON.objectNode();
    to.set("outcome", from.get("outcome"));
    to.set("matched_rule", from.get("matched_rule"));
    to.set(
        "destination_tags",
        from.get("destination_tags").isNull() ? JSON.arrayNode() : from.get("destination_tags"));
    ArrayNode checked = to.putArray("rules_checked");
    for (JsonNode rule : from.get("rules_checked")) {
      ObjectNode one = rule.deepCopy();
      checked.add(one);
    }
    ArrayNode calls = to.putArray("would_call");
    from.get("koji").forEach(call -> calls.add(call.get("args")));
    return to;
  }

  /** Turns our words into those of the vectors. */
  private static ObjectNode shape(ObjectNode decision) {
    for (JsonNode rule : decision.get("rules_checked")) {
      ObjectNode one = (ObjectNode) rule;
      ArrayNode properties = JSON.arrayNode();
      for (JsonNode criterion : one.remove("criteria")) {
        properties
            .addObject()
            .put("name", criterion.get("key").textValue())
            .put("matched", criterion.get("holds").booleanValue());
      }
      one.set("properties", properties);
      if (one.has("error")) {
        one.put("error", one.remove("error").textValue().split(":")[0]);
      }
    }
    List<JsonNode> calls = new ArrayList<>();
    decision.get("would_call").forEach(call -> calls.add(call.get("params")));
    ArrayNode plain = decision.putArray("would_call");
    calls.forEach(plain::add);
    return decision;
  }
}
