package org.peal.cli;

import java.nio.file.Path;
import java.util.List;
import org.peal.ExitCode;
import org.peal.config.ConfigException;
import org.peal.handler.tagging.BuildListing;
import org.peal.handler.tagging.BuildSample;
import org.peal.handler.tagging.Decision;
import org.peal.handler.tagging.Rules;
import org.peal.handler.tagging.TaggingSettings;

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
  ExitCode run(String old, String fresh, Path listing) throws InterruptedException {
    Rules before = files.rules(old);
    Rules after = files.rules(fresh);
    List<BuildSample> builds = builds(listing);
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

  private List<BuildSample> builds(Path listing) {
    byte[] text = files.bytes("--builds", listing);
    try {
      return BuildListing.read(listing, text);
    } catch (ConfigException e) {
      throw files.bad(e);
    }
  }
}
