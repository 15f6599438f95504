package org.peal.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.handler.tagging.Compat;
import org.peal.handler.tagging.TaggingSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal tagging}: rules that say which Koji tags a module build gets. */
@Command(
    name = "peal tagging",
    sortOptions = false,
    description = {
      "Work with the rules that say which Koji tags a module build gets:",
      "  explain            tell what the rules make of a build, and why",
      "  lint RULES         tell what is wrong with a rule file",
      "  test RULES CASES   try the rules on cases whose answers are known",
      "  diff OLD NEW       tell which builds get other tags by new rules",
      "  run                run the handler in a process of its own, as peal run tagging",
      "  history            tell what was decided about builds on this host",
      "  catch-up           hand builds to the handler that it missed",
      "  import-mts FILE    turn settings of the message-tagging-service into a section",
      "RULES is a path, or an address with file:, http: or https:."
    },
    footer = {
      "",
      "Exit status: 0; 1 not matched or ignored (explain), errors (lint), a case failed (test),"
          + " tags differ (diff); 65 the rules, the modulemd, the message or another input is not"
          + " good; 66 a file is missing; 69 a server cannot be reached. history: 1 nothing is on"
          + " record. import-mts: 1 lines cannot be read.",
      "",
      "Examples:",
      "  peal tagging lint rules.yaml",
      "  peal tagging explain --rules rules.yaml --modulemd m.yaml --state done",
      "  peal tagging test rules.yaml cases.yaml",
      "  peal tagging diff rules.yaml new.yaml --builds builds.json",
      "  peal tagging explain --rules rules.yaml --nsvc nodejs:18:20250101:c2c572ec",
      "  peal tagging history --tag f29-modular --since 7d",
      "  peal tagging catch-up --since 2d --dry-run"
    })
final class TaggingCommand extends PealCommand {

  /** What to do. */
  enum Action {
    EXPLAIN,
    LINT,
    TEST,
    DIFF,
    RUN,
    HISTORY,
    CATCH_UP,
    IMPORT_MTS
  }

  @Parameters(index = "0", paramLabel = "ACTION", description = "What to do: one of these words.")
  Action action = Action.EXPLAIN;

  @Parameters(
      index = "1..*",
      arity = "0..2",
      paramLabel = "FILE",
      description = "The rules, and with test the cases, with diff the new rules.")
  List<String> files = new ArrayList<>();

  @Option(names = "--rules", paramLabel = "RULES", description = "With explain: the rules.")
  @Nullable String rules;

  @Option(
      names = "--modulemd",
      paramLabel = "FILE",
      description = "With explain: the build's metadata.")
  @Nullable Path modulemd;

  @Option(
      names = "--mbs-id",
      paramLabel = "N",
      description = "With explain: the build's number at the Module Build Service.")
  @Nullable Long mbsId;

  @Option(
      names = "--nsvc",
      paramLabel = "N:S:V:C",
      description = "With explain: the build's name, stream, version and context there.")
  @Nullable String nsvc;

  @Option(
      names = "--mbs",
      paramLabel = "URL",
      defaultValue = "https://mbs.fedoraproject.org/module-build-service/1/",
      description = "The Module Build Service. Default: ${DEFAULT-VALUE}.")
  URI mbs = URI.create("https://mbs.fedoraproject.org/module-build-service/1/");

  @Option(
      names = "--message",
      paramLabel = "FILE",
      description =
          "With explain: the message, as JSON with topic and body or the body alone. Default: made"
              + " from the modulemd.")
  @Nullable Path message;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "With explain and test: the build's state. Default: the message's or case's, else ready.")
  @Nullable String state;

  @Option(
      names = "--builds",
      paramLabel = "FILE",
      description =
          "With diff: builds as JSON, as the Module Build Service lists them with verbose=true, or"
              + " one a line.")
  @Nullable Path builds;

  @Option(
      names = "--history",
      description =
          "With diff: the builds that this host's handlers have handled; their metadata come from"
              + " the Module Build Service.")
  boolean history;

  @Option(names = "--nvr", paramLabel = "NVR", description = "With history: of this build in Koji.")
  @Nullable String nvr;

  @Option(names = "--tag", paramLabel = "TAG", description = "With history: with this tag.")
  @Nullable String tag;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "With history: by the rule of this id, or #NUMBER.")
  @Nullable String rule;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "With history, diff --history and catch-up: since then, as 2026-11-25T20:00:00Z or as a"
              + " span such as 2d.")
  @Nullable String since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "With history, diff --history and catch-up: at most so many builds. Default:"
              + " ${DEFAULT-VALUE}.")
  int limit = 1000;

  @Option(
      names = "--dry-run",
      description = "With run: change nothing outside. With catch-up: only list the builds.")
  boolean dryRun;

  private @Nullable RunCommand run;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting: build_state, build_state_msg_filter, dry_run, identity_from (message or"
              + " modulemd). May be repeated.")
  List<String> sets = new ArrayList<>();

  @Option(
      names = "--compat",
      paramLabel = "original",
      converter = CompatReader.class,
      description = "Behave as the message-tagging-service in every detail.")
  Compat compat = Compat.PEAL;

  @Option(names = "--json", description = "With explain: print JSON.")
  boolean json;

  /** Knows the one word. */
  static final class CompatReader implements CommandLine.ITypeConverter<Compat> {
    @Override
    public Compat convert(String word) {
      if (!word.equals("original")) {
        throw new CommandLine.TypeConversionException("must be original: \"" + word + "\"");
      }
      return Compat.ORIGINAL;
    }
  }

  TaggingCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal tagging";
  }

  @Override
  ExitCode run() throws Exception {
    return switch (action) {
      case EXPLAIN -> {
        require(0, "explain takes no files: give --rules and the build");
        yield new TaggingExplain(this, settings()).run();
      }
      case LINT -> {
        require(1, "lint needs the rules");
        yield new TaggingChecks(this, settings()).lint(files.get(0));
      }
      case TEST -> {
        require(2, "test needs the rules and the cases");
        yield new TaggingChecks(this, settings()).test(files.get(0), Path.of(files.get(1)));
      }
      case DIFF -> {
        require(2, "diff needs the old rules and the new ones");
        yield new TaggingDiff(this, settings()).run(files.get(0), files.get(1));
      }
      case RUN -> handler();
      case HISTORY -> {
        require(0, "history takes no files: give --nvr, --tag, --rule or --since");
        yield new TaggingHistory(this).run();
      }
      case CATCH_UP -> {
        require(0, "catch-up takes no files: give --since");
        yield new TaggingCatchUp(this).run();
      }
      case IMPORT_MTS -> new TaggingImport(this).run();
    };
  }

  /** Does what {@code peal run} does. */
  private ExitCode handler() throws Exception {
    RunCommand running = new RunCommand(io);
    running.names = files.isEmpty() ? List.of("tagging") : files;
    running.dryRun = dryRun;
    running.config = config;
    run = running;
    return running.run();
  }

  @Override
  int exitStatus(int status) {
    RunCommand running = run;
    return running == null ? status : running.exitStatus(status);
  }

  private void require(int count, String otherwise) {
    if (files.size() != count) {
      throw new CommandException(ExitCode.USAGE, otherwise);
    }
  }

  /** Returns since when; empty for from the beginning. */
  Optional<Instant> since() {
    return Optional.ofNullable(since).map(text -> Times.ago("--since", text, Instant.now()));
  }

  private TaggingSettings settings() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        throw new CommandException(ExitCode.USAGE, "--set must be KEY=VALUE: \"" + set + "\"");
      }
      values.put(set.substring(0, equals), set.substring(equals + 1));
    }
    try {
      return TaggingSettings.of(compat, values);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--set " + e.getMessage());
    }
  }
}
