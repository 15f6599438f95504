package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.config.ConfigException;
import org.peal.handler.tagging.BuildListing;
import org.peal.handler.tagging.BuildSample;
import org.peal.handler.tagging.Decision;
import org.peal.handler.tagging.Rules;
import org.peal.handler.tagging.TaggingSettings;
import org.peal.handler.tagging.action.MbsModules;
import org.peal.service.mbs.Mbs;
import org.peal.service.mbs.MbsException;
import org.peal.service.mbs.ModuleBuild;

/** {@code peal tagging diff}: which builds get other tags by new rules. */
final class TaggingDiff {

  private static final int LONGEST = 2000;

  private final TaggingCommand command;
  private final TaggingSettings settings;
  private final TaggingFiles files;

  TaggingDiff(TaggingCommand command, TaggingSettings settings) {
    this.command = command;
    this.settings = settings;
    this.files = new TaggingFiles(command, settings);
  }

  /** Prints three lines for each build whose tags change: its name, then before and after. */
  ExitCode run(String old, String fresh) throws InterruptedException {
    if (command.builds == null == !command.history) {
      throw new CommandException(ExitCode.USAGE, "diff needs either --builds or --history");
    }
    Rules before = files.rules(old);
    Rules after = files.rules(fresh);
    Path listing = command.builds;
    List<BuildSample> builds = listing == null ? handled() : builds(listing);
    Output out = new Output(command.io.out());
    int changed = 0;
    for (BuildSample build : builds) {
      Decision was = build.decide(settings, before);
      Decision is = build.decide(settings, after);
      if (!was.tags().equals(is.tags()) || was.outcome().isError() != is.outcome().isError()) {
        changed++;
        String state = build.body().path("state_name").asText("");
        out.line(SafeText.line(build.name() + " " + state, LONGEST));
        out.line(SafeText.line("- " + summary(was), LONGEST));
        out.line(SafeText.line("+ " + summary(is), LONGEST));
      }
    }
    out.flush();
    command.say(builds.size() + " builds, " + changed + " with other tags");
    return changed == 0 ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private static String summary(Decision decision) {
    String rule = decision.matched().map(check -> " (rule " + check.label() + ")").orElse("");
    return decision.tags().isEmpty()
        ? decision.outcome() + decision.problem().map(why -> ": " + why).orElse("") + rule
        : String.join(" ", decision.tags()) + rule;
  }

  /** Returns the builds that are on record, with what the Module Build Service has of them. */
  private List<BuildSample> handled() {
    Map<String, JsonNode> records = new LinkedHashMap<>();
    new TaggingHistory(command)
        .each(
            Map.of(),
            command.since(),
            command.limit,
            decision -> {
              JsonNode json = TaggingHistory.tree(decision);
              String label = json.path("build").asText() + " " + json.path("state").asText();
              if (json.path("module_build").isIntegralNumber()) {
                records.putIfAbsent(label, json);
              }
            });
    Mbs mbs = TaggingSubject.mbs(command.mbs);
    List<BuildSample> builds = new ArrayList<>();
    try {
      for (JsonNode json : records.values()) {
        mbs.build(json.get("module_build").longValue())
            .filter(build -> build.modulemd().isPresent())
            .ifPresent(build -> builds.add(sample(build, json.path("state").asText())));
      }
    } catch (MbsException e) {
      throw TaggingSubject.unreachable(e);
    }
    return builds;
  }

  private static BuildSample sample(ModuleBuild build, String state) {
    return new BuildSample(TaggingSubject.body(build, state), MbsModules.of(build));
  }

  private List<BuildSample> builds(Path listing) {
    byte[] text = files.bytes("--builds", listing);
    try {
      return BuildListing.read(listing, text);
    } catch (ConfigException e) {
      throw files.bad(e);
    }
  }
}
