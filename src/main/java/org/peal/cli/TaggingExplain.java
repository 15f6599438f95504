package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.peal.ExitCode;
import org.peal.PealException.Category;
import org.peal.config.ConfigException;
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
import org.peal.service.mbs.MbsException;

/** {@code peal tagging explain}: what the rules make of one build, and why. */
final class TaggingExplain {

  private static final int LONGEST = 500;

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
    }
    TaggingSubject subject = new TaggingSubject(command, files);
    Supplier<RuleFile> rules = files.lazily(command.rules);
    Decision decision;
    try {
      decision = new TaggingEngine(settings).decide(subject.body(), inputs(rules, subject));
    } catch (ConfigException e) {
      throw files.bad(e);
    } catch (MbsException e) {
      if (e.category() == Category.TRANSIENT) {
        throw TaggingSubject.unreachable(e);
      }
      decision = Decision.failed(TaggingOutcome.HANDLER_ERROR, String.valueOf(e.getMessage()));
    }
    print(decision);
    if (decision.outcome().isError()) {
      return ExitCode.BAD_DATA;
    }
    return decision.outcome() == TaggingOutcome.TAGGED ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private TaggingEngine.Inputs inputs(Supplier<RuleFile> rules, TaggingSubject subject) {
    return new TaggingEngine.Inputs() {
      @Override
      public Rules rules() {
        return rules.get().inForce(settings.compat());
      }

      @Override
      public Modulemd modulemd(JsonNode message) {
        return subject.modulemd();
      }
    };
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
