package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.peal.ExitCode;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.handler.tagging.CriterionCheck;
import org.peal.handler.tagging.Decision;
import org.peal.handler.tagging.Modulemd;
import org.peal.handler.tagging.RuleCheck;
import org.peal.handler.tagging.RuleFile;
import org.peal.handler.tagging.Rules;
import org.peal.handler.tagging.TagCall;
import org.peal.handler.tagging.TaggingEngine;
import org.peal.handler.tagging.TaggingOutcome;
import org.peal.handler.tagging.TaggingSettings;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/** {@code peal tagging explain}: what the rules make of one build, and why. */
final class TaggingExplain {

  private static final int LONGEST = 500;
  private static final String READY = "ready";

  private final TaggingCommand command;
  private final TaggingSettings settings;
  private final TaggingFiles files;

  TaggingExplain(TaggingCommand command, TaggingSettings settings) {
    this.command = command;
    this.settings = settings;
    this.files = new TaggingFiles(command, settings);
  }

  ExitCode run() throws InterruptedException {
    if (command.rules == null) {
      throw new CommandException(ExitCode.USAGE, "explain needs --rules");
    } else if (command.modulemd == null && command.message == null) {
      throw new CommandException(ExitCode.USAGE, "explain needs --modulemd or --message");
    }
    Supplier<RuleFile> rules = files.lazily(command.rules);
    Decision decision;
    try {
      decision = new TaggingEngine(settings).decide(body(), inputs(rules));
    } catch (ConfigException e) {
      throw files.bad(e);
    }
    print(decision);
    if (decision.outcome().isError()) {
      return ExitCode.BAD_DATA;
    }
    return decision.outcome() == TaggingOutcome.TAGGED ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private TaggingEngine.Inputs inputs(Supplier<RuleFile> rules) {
    return new TaggingEngine.Inputs() {
      @Override
      public Rules rules() {
        return rules.get().inForce(settings.compat());
      }

      @Override
      public Modulemd modulemd(JsonNode message) {
        return TaggingExplain.this.modulemd();
      }
    };
  }

  private Modulemd modulemd() {
    Path given = command.modulemd;
    if (given == null) {
      throw new ConfigException(
          Place.at("--modulemd"), "", "a rule asks for the modulemd, give one");
    }
    return Modulemd.parse(files.bytes("--modulemd", given), Place.of(given));
  }

  private JsonNode body() {
    if (command.message == null) {
      return modulemd().toBody(command.state == null ? READY : command.state);
    }
    JsonNode json = message(command.message);
    JsonNode body = json.has("topic") && json.has("body") ? json.get("body") : json;
    if (command.state == null || !body.isObject()) {
      return body;
    }
    ObjectNode changed = body.deepCopy();
    return changed.put("state_name", command.state);
  }

  private JsonNode message(Path given) {
    try {
      return StrictJson.parse(files.bytes("--message", given), JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new CommandException(
          ExitCode.BAD_DATA, given + ": line " + e.line() + ": " + e.getMessage());
    }
  }

  private void print(Decision decision) {
    decision.notes().forEach(note -> command.say("note: " + SafeText.line(note, LONGEST)));
    decision
        .problem()
        .ifPresent(why -> why.lines().forEach(line -> command.say(SafeText.line(line, LONGEST))));
    Output out = new Output(command.io.out());
    if (command.json) {
      out.line(CanonicalJson.write(decision.toJson()));
    } else {
      tell(decision, out);
    }
    out.flush();
  }

  private static void tell(Decision decision, Output out) {
    out.line("outcome: " + decision.outcome());
    decision.matched().ifPresent(rule -> line(out, "rule: " + rule.label()));
    if (decision.matched().isPresent()) {
      line(out, "tags: " + String.join(" ", decision.tags()));
    }
    for (RuleCheck check : decision.checks()) {
      String answer = check.error() != null ? "error" : check.matches() ? "matches" : "no";
      line(out, "tried rule " + check.label() + ": " + answer);
      for (CriterionCheck criterion : check.criteria()) {
        line(
            out,
            "  %-3s %s: %s against %s"
                .formatted(
                    criterion.holds() ? "yes" : "no",
                    criterion.key(),
                    criterion.expectedText(),
                    criterion.actualText()));
      }
    }
    for (TagCall call : decision.calls()) {
      line(out, "would call: tagBuild " + call.tag() + " " + call.nvr());
    }
  }

  private static void line(Output out, String text) {
    out.line(SafeText.line(text, LONGEST));
  }
}
