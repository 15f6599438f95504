package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.json.CanonicalJson;
import org.peal.store.Database;
import org.peal.store.Loss;
import org.peal.store.OpenGap;
import org.peal.store.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal losses}: what will never come, and what is not there yet. */
@Command(
    name = "peal losses",
    sortOptions = false,
    description =
        "List messages that were reported as lost: those that the node of this configuration"
            + " missed for its handlers, and those that this user's durable subscribers (peal tail"
            + " --durable NAME) missed; with publisher, sequence ids and reason, the latest first."
            + " What is open was passed over because no log answered; it is still asked for, and"
            + " comes late or is lost for certain. Works also while they run.",
    footer = {
      "",
      "Exit status: 0 nothing is lost or open; 1 something is; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal losses",
      "  peal losses --since 7d --json | jq .publisher",
      "  peal losses --durable archive"
    })
final class LossesCommand extends PealCommand {

  /** More than people read; the store keeps them for the time of its retention. */
  private static final int MOST = 10_000;

  private static final String NODE = "node";

  private static final List<String> COLUMNS =
      List.of("MISSED BY", "STATE", "PUBLISHER", "FIRST", "LAST", "FOUND", "REASON");

  /** A loss and who reported it; one that is open is no loss yet. */
  private record Report(String by, boolean isOpen, Loss loss) {
    String state() {
      return isOpen ? "open" : "lost";
    }
  }

  @Option(
      names = "--durable",
      paramLabel = "NAME",
      description = "Only what this subscriber missed.")
  @Nullable String only;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what was found since: ISO 8601, or a time ago, as in 2h or 7d.")
  @Nullable String since;

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  LossesCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal losses";
  }

  @Override
  ExitCode run() {
    Instant from = since == null ? Instant.MIN : Times.ago("--since", since, Instant.now());
    List<Report> reports = new ArrayList<>();
    files()
        .forEach(
            (by, file) ->
                reports.addAll(Database.<List<Report>>inspect(file, store -> reports(by, store))));
    reports.removeIf(report -> report.loss().when().isBefore(from));
    reports.sort(Comparator.comparing((Report report) -> report.loss().when()).reversed());
    print(reports);
    return reports.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  /** In one look: what is open in one and lost in the next would be in neither. */
  private static List<Report> reports(String by, Snapshot store) {
    List<Report> reports = new ArrayList<>();
    store.losses().latest(MOST).forEach(loss -> reports.add(new Report(by, false, loss)));
    store.openGaps().list().forEach(gap -> reports.add(open(by, gap)));
    return reports;
  }

  private static Report open(String by, OpenGap gap) {
    String who = by.equals(NODE) ? by + " " + gap.name() : by;
    return new Report(
        who,
        true,
        new Loss(
            gap.stream(), gap.publisher(), gap.first(), gap.last(), gap.reason(), gap.since()));
  }

  /** Returns the databases that there are, by who writes into them. */
  private Map<String, Path> files() {
    DurableFiles durable = DurableFiles.of(io);
    Map<String, Path> files = new LinkedHashMap<>();
    if (only != null) {
      DurableFiles.requireName("--durable", only);
      files.put(subscriber(only), durable.existing(only));
      return files;
    }
    Path node = Setup.load(this, Map.of()).node(io).storeFile();
    if (Files.exists(node)) {
      files.put(NODE, node);
    }
    durable.names().forEach(name -> files.put(subscriber(name), durable.file(name)));
    return files;
  }

  private static String subscriber(String name) {
    return "tail " + name;
  }

  private void print(List<Report> reports) {
    Output out = new Output(io.out());
    if (json) {
      reports.forEach(report -> out.line(CanonicalJson.write(object(report))));
    } else if (reports.isEmpty()) {
      say("nothing was lost");
    } else {
      new TextTable(COLUMNS, reports.stream().map(LossesCommand::row).toList())
          .lines()
          .forEach(out::line);
    }
    out.flush();
  }

  private static List<String> row(Report report) {
    Loss loss = report.loss();
    return List.of(
        report.by(),
        report.state(),
        SafeText.line(loss.publisher(), 100),
        String.valueOf(loss.first()),
        String.valueOf(loss.last()),
        loss.when().truncatedTo(ChronoUnit.SECONDS).toString(),
        SafeText.line(loss.reason(), 500));
  }

  private static ObjectNode object(Report report) {
    Loss loss = report.loss();
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("missed_by", report.by());
    one.put("state", report.state());
    one.put("stream", loss.stream());
    one.put("publisher", loss.publisher());
    one.put("first", loss.first());
    one.put("last", loss.last());
    one.put("found", loss.when().toString());
    one.put("reason", loss.reason());
    return one;
  }
}
