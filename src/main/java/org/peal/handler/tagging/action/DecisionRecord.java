package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.peal.handler.Message;
import org.peal.handler.Outcome;
import org.peal.handler.tagging.Decision;
import org.peal.handler.tagging.ModuleBuild;
import org.peal.handler.tagging.RuleCheck;
import org.peal.json.CanonicalJson;
import org.peal.message.MessageId;

/**
 * What is kept of the handling of one message, and by what it is found. Immutable.
 *
 * @param json the whole of it
 * @param labels values by kind: {@code nvr}, {@code tag}, {@code rule} (its id, and its number
 *     after a #), {@code build} (name, stream, version, context and state)
 */
public record DecisionRecord(String json, Map<String, Set<String>> labels) {

  /** The rules that were tried are listed up to here; of more, the last alone. */
  private static final int MOST_CHECKS = 32;

  private static final int LONGEST = 200_000;

  /** The {@code ending} of what was tried as often as allowed and is a dead letter now. */
  public static final String FAILED = "failed";

  public DecisionRecord {
    labels = Map.copyOf(labels);
  }

  static DecisionRecord of(
      Message message, TaggingReport report, List<MessageId> published, boolean isDryRun) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Map<String, Set<String>> labels = new TreeMap<>();
    json.put("message", message.id().value());
    json.put("topic", message.topic().value());
    json.set("module_build", message.body().has("id") ? message.body().get("id") : json.nullNode());
    json.put("state", message.body().path("state_name").asText(""));
    ModuleBuild.in(message.body())
        .ifPresent(
            build -> {
              json.put("build", build.toString());
              labels.put("build", Set.of(label(build, json.get("state").textValue())));
              labels.put("nvr", new TreeSet<>(build.nvrs()));
            });
    report
        .rules()
        .ifPresent(
            rules ->
                json.putObject("rules")
                    .put("sha256", rules.sha256())
                    .put("read", rules.read().toString()));
    decision(json, report.decision());
    Decision decision = report.decision();
    decision
        .matched()
        .ifPresent(
            rule ->
                labels.put(
                    "rule",
                    new TreeSet<>(List.of(rule.name().path("id").asText(""), "#" + rule.index()))));
    labels.put("tag", new TreeSet<>(decision.tags()));
    ArrayNode asked = json.putArray("asked");
    for (AskedBuild build : report.asked()) {
      ObjectNode one = asked.addObject().put("nvr", build.nvr());
      ArrayNode tags = one.putArray("tags");
      build.tags().forEach(tag -> tag.writeTo(tags.addObject(), true));
    }
    ArrayNode ids = json.putArray("published");
    published.forEach(id -> ids.add(id.value()));
    json.put("dry_run", isDryRun);
    json.put("ending", ending(report.outcome()));
    if (report.outcome().isPutOff()) {
      json.put("problem", report.outcome().why());
    }
    return new DecisionRecord(text(json), labels);
  }

  /** A record of a message that was to come again stays only where that was not granted. */
  private static String ending(Outcome outcome) {
    return outcome.isPutOff() ? FAILED : outcome.kind().name().toLowerCase(Locale.ROOT);
  }

  /** Returns the label of a build in a state. */
  public static String label(ModuleBuild build, String state) {
    return build + " " + state;
  }

  private static void decision(ObjectNode json, Decision decision) {
    ObjectNode whole = decision.toJson();
    List<RuleCheck> checks = decision.checks();
    if (checks.size() > MOST_CHECKS) {
      whole.put("rules_tried", checks.size());
      ArrayNode last = JsonNodeFactory.instance.arrayNode();
      last.add(whole.get("rules_checked").get(checks.size() - 1));
      whole.set("rules_checked", last);
    }
    whole.remove("would_call");
    json.setAll(whole);
    ArrayNode notes = json.putArray("notes");
    decision.notes().forEach(notes::add);
    decision.problem().ifPresent(why -> json.put("problem", why));
  }

  private static String text(ObjectNode json) {
    String text = new String(CanonicalJson.write(json), StandardCharsets.UTF_8);
    if (text.length() > LONGEST) {
      json.remove("rules_checked");
      json.remove("notes");
      text = new String(CanonicalJson.write(json), StandardCharsets.UTF_8);
    }
    return text;
  }
}
