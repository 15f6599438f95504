package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.peal.ExitCode;
import org.peal.handler.tagging.action.DecisionRecord;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.node.Folders;
import org.peal.store.DecisionQuery;
import org.peal.store.Decisions;
import org.peal.store.RecordedDecision;

/** {@code peal tagging history}: what was decided about builds, the newest first. */
final class TaggingHistory {

  private static final int PAGE = 200;
  private static final int LONGEST = 500;
  private static final String RULE = "rule";
  private static final String TAG = "tag";
  private static final Set<String> DEAD = Set.of("drop", DecisionRecord.FAILED);

  private final TaggingCommand command;

  TaggingHistory(TaggingCommand command) {
    this.command = command;
  }

  /** Prints a line for each message that meets all options. */
  ExitCode run() {
    Output out = new Output(command.io.out());
    int[] printed = {0};
    each(
        labels(),
        command.since(),
        command.limit,
        decision -> {
          printed[0]++;
          out.line(command.json ? json(decision) : SafeText.line(line(decision), LONGEST));
        });
    out.flush();
    if (printed[0] == 0) {
      command.say("no such decision is on record");
    }
    return printed[0] == 0 ? ExitCode.NEGATIVE : ExitCode.OK;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    if (command.nvr != null) {
      labels.put("nvr", command.nvr);
    }
    if (command.tag != null) {
      labels.put(TAG, command.tag);
    }
    if (command.rule != null) {
      labels.put(RULE, command.rule);
    }
    return labels;
  }

  /** Hands over what is on record in all databases of this host, each one's newest first. */
  void each(
      Map<String, String> labels,
      Optional<Instant> since,
      int limit,
      Consumer<RecordedDecision> taker) {
    Setup setup = Setup.load(command, Map.of());
    int left = limit;
    for (HandlerStore store :
        HandlerStore.all(setup.config(), Folders.of(command.io.environment()))) {
      DecisionQuery query =
          new DecisionQuery(Optional.empty(), labels, since, Long.MAX_VALUE, Math.min(PAGE, limit));
      List<Decisions.Row> page = page(store, query);
      while (!page.isEmpty() && left > 0) {
        for (Decisions.Row row : page.subList(0, Math.min(left, page.size()))) {
          taker.accept(row.decision());
          left--;
        }
        page = page(store, query.before(page.get(page.size() - 1).id()));
      }
    }
  }

  private static List<Decisions.Row> page(HandlerStore store, DecisionQuery query) {
    return new ArrayList<>(store.<List<Decisions.Row>>read(s -> s.decisions().find(query)));
  }

  /** Returns the decision as the handler has recorded it. */
  static JsonNode tree(RecordedDecision decision) {
    return StrictJson.parse(decision.json().getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  private static String json(RecordedDecision decision) {
    ObjectNode json = (ObjectNode) tree(decision);
    json.put("handler", decision.handler());
    json.put("made", decision.made().toString());
    return new String(CanonicalJson.write(json), StandardCharsets.UTF_8);
  }

  private static String line(RecordedDecision decision) {
    JsonNode json = tree(decision);
    List<String> words = new ArrayList<>();
    words.add(decision.made().truncatedTo(ChronoUnit.SECONDS).toString());
    words.add(json.path("build").asText("-"));
    words.add(json.path("state").asText("-"));
    words.add(json.path("outcome").asText("-") + (json.path("dry_run").asBoolean() ? "(dry)" : ""));
    JsonNode rule = json.path("matched_rule");
    if (rule.isObject()) {
      words.add("rule " + rule.path("index").asText() + " \"" + rule.path("id").asText() + "\":");
    }
    json.path("destination_tags").forEach(tag -> words.add(tag.asText()));
    json.path("asked").forEach(build -> words.addAll(answers(build)));
    if (json.has("problem")) {
      boolean isDead = DEAD.contains(json.path("ending").asText());
      words.add((isDead ? "dead letter: " : "") + json.get("problem").asText());
    }
    return String.join(" ", words);
  }

  private static List<String> answers(JsonNode build) {
    List<String> words = new ArrayList<>();
    for (JsonNode tag : build.path("tags")) {
      String task = tag.path("task_id").isNumber() ? " task " + tag.get("task_id") : "";
      String state =
          tag.has("error")
              ? " refused: " + tag.get("error").asText()
              : tag.path("already_tagged").asBoolean() ? " was there" + task : task;
      words.add("[" + build.path("nvr").asText() + " " + tag.path(TAG).asText() + state + "]");
    }
    return words;
  }
}
