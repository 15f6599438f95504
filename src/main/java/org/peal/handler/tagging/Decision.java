package org.peal.handler.tagging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done about one message, and why. Immutable.
 *
 * @param matched the rule that matched
 * @param tags the tags for the build and its twin, in the order in which they are asked for
 * @param noTag what the original takes for the one tag though it is no text, and fails over later
 * @param checks every rule that was tried, in order
 * @param calls what Koji is asked for, the build first
 * @param notes for people: what was left out, and what is odd about the input
 * @param problem what is wrong when nothing was decided
 */
public record Decision(
    TaggingOutcome outcome,
    Optional<RuleCheck> matched,
    List<String> tags,
    Optional<JsonNode> noTag,
    List<RuleCheck> checks,
    List<TagCall> calls,
    List<String> notes,
    Optional<String> problem) {

  public Decision {
    tags = List.copyOf(tags);
    checks = List.copyOf(checks);
    calls = List.copyOf(calls);
    notes = List.copyOf(notes);
  }

  /** Returns the decision for a message that no rule was tried for. */
  static Decision of(TaggingOutcome outcome) {
    return new Decision(
        outcome,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** Returns the decision that nothing can be decided. */
  public static Decision failed(TaggingOutcome outcome, String problem) {
    return of(outcome).withProblem(outcome, problem);
  }

  /** Returns the same, with another outcome and no calls, because of a problem. */
  Decision withProblem(TaggingOutcome failed, String why) {
    return new Decision(failed, matched, tags, noTag, checks, List.of(), notes, Optional.of(why));
  }

  /** Returns it as JSON, with what vectors and scripts look at. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("outcome", outcome.toString());
    matched.ifPresentOrElse(
        rule -> json.set("matched_rule", rule.name()), () -> json.putNull("matched_rule"));
    ArrayNode names = json.putArray("destination_tags");
    tags.forEach(names::add);
    noTag.ifPresent(names::add);
    ArrayNode rules = json.putArray("rules_checked");
    checks.forEach(check -> rules.add(check.toJson()));
    ArrayNode would = json.putArray("would_call");
    for (TagCall call : calls) {
      ObjectNode one = would.addObject();
      one.put("method", "tagBuild");
      one.putArray("params").add(call.tag()).add(call.nvr());
    }
    return json;
  }
}
