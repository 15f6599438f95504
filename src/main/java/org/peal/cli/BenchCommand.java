package org.peal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bench.Bench;
import org.peal.bench.Effort;
import org.peal.bench.Lab;
import org.peal.bench.Report;
import org.peal.crypto.KeyKind;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal bench}: whole paths measured beside the limits of the same machine. */
@Command(
    name = "peal bench",
    sortOptions = false,
    description =
        "Measure how fast messages go from process to process on this machine, each figure beside"
            + " what limits it, measured in turn with it: bare RSA, bare JeroMQ, bare SQLite. Only"
            + " the ratio of the two means something elsewhere. It uses free ports of the loopback"
            + " interface and the folder for temporary files, and leaves nothing behind. All paths"
            + " together take about twenty minutes.",
    footer = {
      "",
      "Paths: publish, publish-signed, subscribe, relay, gateway, replay, latency, logger, bridge"
          + " (needs --amqp), growth (topic filters, idle publishers), subscribers, tagging (module"
          + " builds), memory.",
      "",
      "Exit status: 0; 65 FILE is not a result; 66 FILE is missing; 70 a process of the"
          + " measurement failed; 130 or 143 ended by a signal.",
      "",
      "Examples:",
      "  peal bench",
      "  peal bench publish subscribe --runs 9",
      "  peal bench replay --count 1000000",
      "  peal bench publish-signed subscribe --key-type ed25519",
      "  peal bench bridge --amqp amqp://guest:guest@localhost/",
      "  peal bench --json > before.json",
      "  peal bench --compare before.json"
    })
final class BenchCommand extends PealCommand {

  /** What may be measured. */
  static final class Paths implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Bench.names().iterator();
    }
  }

  private static final int MOST_RUNS = 1000;

  /** The paths that can be measured with keys of another kind than RSA. */
  private static final List<String> SIGNED = List.of("publish-signed", "subscribe");

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      completionCandidates = Paths.class,
      description = "What to measure. Default: all paths.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds whose median counts. Default: ${DEFAULT-VALUE}.")
  int runs = 5;

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "Messages in each round; the path logger has always three. Default: what takes about a"
              + " second.")
  @Nullable Integer count;

  @Option(
      names = "--amqp",
      paramLabel = "URL",
      description =
          "The broker for the path bridge, as in amqp://USER:PASSWORD@HOST/VIRTUAL-HOST; exchange"
              + " and queue peal.bench are made there and deleted.")
  @Nullable String amqp;

  @Option(
      names = "--key-type",
      paramLabel = "TYPE",
      defaultValue = "rsa",
      description =
          "Sign with rsa, ed25519 or p256, in the paths publish-signed and subscribe."
              + " Default: ${DEFAULT-VALUE}.")
  KeyKind keyType = KeyKind.RSA;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  boolean json;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Show beside each ratio what it was in FILE, which --json made.")
  @Nullable Path compare;

  BenchCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal bench";
  }

  @Override
  ExitCode run() throws Exception {
    check();
    Report earlier = compare == null ? null : read(compare);
    Output out = new Output(io.out());
    Colours colours = Colours.choose(Colours.When.auto, io.environment(), io.terminals().out());
    BenchTable table = new BenchTable(out, colours, earlier);
    ProgressLine progress = new ProgressLine(io);
    List<String> chosen = chosen();
    Lab lab =
        new Lab(this::commandLine, effort(), Optional.ofNullable(amqp), keyType, progress::show);
    // A signal ends the process while it measures: its children and its folder must go first.
    Thread end = new Thread(() -> endQuietly(lab), "peal-bench-end");
    Runtime.getRuntime().addShutdownHook(end);
    try (lab) {
      Report report =
          Bench.run(
              lab,
              chosen,
              rows -> {
                progress.clear();
                if (!json) {
                  table.show(rows);
                }
              });
      if (json) {
        out.line(CanonicalJson.write(report.toJson()));
        out.flush();
      }
      return ExitCode.OK;
    } finally {
      progress.clear();
    }
  }

  private void check() {
    Options.atLeast("--runs", runs, 1);
    if (runs > MOST_RUNS) {
      throw new CommandException(
          ExitCode.USAGE, "--runs must be at most " + MOST_RUNS + ": " + runs);
    }
    if (count != null) {
      Options.atLeast("--count", count, 100);
    }
    if (keyType.isElliptic() && (paths.isEmpty() || !SIGNED.containsAll(paths))) {
      throw new CommandException(
          ExitCode.USAGE, "--key-type is for the paths " + String.join(", ", SIGNED) + " alone");
    }
    for (String path : paths) {
      if (!Bench.names().contains(path)) {
        throw new CommandException(
            ExitCode.USAGE,
            "no such path: \"%s\" (there are %s)"
                .formatted(SafeText.line(path, 100), String.join(", ", Bench.names())));
      }
      if (amqp == null && !Bench.namesWithoutBroker().contains(path)) {
        throw new CommandException(ExitCode.USAGE, path + " needs a broker: --amqp URL");
      }
    }
  }

  private List<String> chosen() {
    if (!paths.isEmpty()) {
      return paths;
    }
    if (amqp == null) {
      say("bridge is left out: it needs a broker, --amqp URL");
      return List.copyOf(Bench.namesWithoutBroker());
    }
    return List.copyOf(Bench.names());
  }

  private Effort effort() {
    return new Effort(runs, count == null ? OptionalInt.empty() : OptionalInt.of(count));
  }

  private List<String> commandLine(List<String> args) {
    String program = io.home().resolve("bin").resolve("peal").toString();
    return Stream.concat(Stream.of(program), args.stream()).toList();
  }

  private Report read(Path file) throws IOException {
    try {
      byte[] text = Files.readAllBytes(readable("--compare", file));
      return Report.of(StrictJson.parse(text, JsonLimits.DEFAULT));
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw new CommandException(ExitCode.BAD_DATA, "--compare: " + file + ": " + e.getMessage());
    }
  }

  private static void endQuietly(Lab lab) {
    try {
      lab.close();
    } catch (RuntimeException e) {
      // The process ends; what is left is in the folder for temporary files.
      return;
    }
  }
}
