package org.peal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peal.ExitCode;
import org.peal.config.ConfigException;
import org.peal.handler.tagging.BuildSample;
import org.peal.handler.tagging.Finding;
import org.peal.handler.tagging.RuleCase;
import org.peal.handler.tagging.RuleCases;
import org.peal.handler.tagging.RuleFile;
import org.peal.handler.tagging.Rules;
import org.peal.handler.tagging.TaggingSettings;
import org.peal.handler.tagging.action.MbsModules;
import org.peal.service.mbs.MbsException;
import org.peal.service.mbs.ModuleBuild;

/** {@code peal tagging lint} and {@code test}: whether rules are good, and do what they should. */
final class TaggingChecks {

  private static final int LONGEST = 2000;

  private final TaggingCommand command;
  private final TaggingSettings settings;
  private final TaggingFiles files;

  TaggingChecks(TaggingCommand command, TaggingSettings settings) {
    this.command = command;
    this.settings = settings;
    this.files = new TaggingFiles(command, settings);
  }

  /** Prints a line for each thing that was noticed. */
  ExitCode lint(String given) throws InterruptedException {
    Output out = new Output(command.io.out());
    RuleFile file;
    try {
      file = files.read(given);
    } catch (ConfigException e) {
      e.problems().forEach(problem -> out.line(Finding.of(problem).toString()));
      out.flush();
      command.say("the file is refused: it cannot be read as YAML");
      return ExitCode.NEGATIVE;
    }
    file.findings().forEach(finding -> out.line(finding.toString()));
    out.flush();
    long errors = file.findings().stream().filter(Finding::isError).count();
    long refused =
        file.findings().stream().filter(f -> f.severity() == Finding.Severity.REFUSED).count();
    command.say(
        count(file.rules().count(), "rule")
            + ", "
            + count(errors, "error")
            + ", "
            + count(file.findings().size() - errors, "warning")
            + (refused == 0 ? "" : "; the file is refused for " + count(refused, "error")));
    return errors == 0 ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private BuildSample named(String nsvc, String state) {
    ModuleBuild build = TaggingSubject.find(TaggingSubject.mbs(command.mbs), nsvc);
    return new BuildSample(TaggingSubject.body(build, state), MbsModules.of(build));
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** Prints a line for each case. */
  ExitCode test(String given, Path cases) throws InterruptedException {
    Rules rules = files.rules(given);
    String state = command.state == null ? "ready" : command.state;
    List<RuleCase> all;
    try {
      all = RuleCases.read(command.readable("cases", cases), state, this::named);
    } catch (ConfigException e) {
      throw files.bad(e);
    } catch (MbsException e) {
      throw TaggingSubject.unreachable(e);
    }
    Output out = new Output(command.io.out());
    int failed = 0;
    for (RuleCase one : all) {
      Optional<String> complaint = one.complaint(one.build().decide(settings, rules));
      failed += complaint.isPresent() ? 1 : 0;
      String line =
          complaint.map(why -> "FAILED " + one.name() + ": " + why).orElse("ok " + one.name());
      out.line(SafeText.line(line, LONGEST));
    }
    out.flush();
    command.say(count(all.size(), "case") + ", " + failed + " failed");
    return failed == 0 ? ExitCode.OK : ExitCode.NEGATIVE;
  }
}
