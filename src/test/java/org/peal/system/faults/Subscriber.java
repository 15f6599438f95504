package org.peal.system.faults;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * {@code peal tail --durable}, one process after the other, and what each of them printed and left
 * behind. Used by one thread.
 */
final class Subscriber {

  /** A line that was printed. */
  record Line(long sequenceId, String messageId) {}

  /** One process that has ended: its lines, and what its file held then. */
  record Life(List<Line> lines, Records records, List<String> err) {}

  private static final String NAME = "t";
  private static final int TERMINATED = 128 + 15;
  private static final Pattern LINE =
      Pattern.compile("(\\d+), (\\d{4}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");
  private static final Duration NO_PROGRESS = Duration.ofMinutes(5);

  private final Path home;
  private final Setting setting;
  private final Processes processes;
  private final List<Life> lives = new ArrayList<>();

  /** What is recorded as done; what was done beyond that is done again. */
  private final Set<String> recorded = new HashSet<>();

  private @Nullable PealProcess process;

  Subscriber(Path home, Setting setting, Processes processes) {
    this.home = home;
    this.setting = setting;
    this.processes = processes;
  }

  /** Starts a process that goes on where the last one ended. */
  void start() {
    process =
        processes.add(
            PealProcess.start(
                setting,
                "tail",
                "--config",
                ".",
                "--durable",
                NAME,
                "--from-beginning",
                "--query",
                "seq_id,msg_id"));
  }

  /** Returns the process that runs. */
  PealProcess process() {
    if (process == null) {
      throw new IllegalStateException("no subscriber runs");
    }
    return process;
  }

  /** Returns the file of its cursors and outcomes. */
  Path file() {
    return home.resolve(".local/state/peal/tail").resolve(NAME + ".db");
  }

  /** Returns the last sequence id that the process that ended last has recorded as done. */
  long cursor() {
    return lives.get(lives.size() - 1).records().cursors().values().iterator().next();
  }

  /** Returns how many lines the process that runs has printed. */
  int printed() {
    return process().out().size();
  }

  /** Ends the process at once, wherever it is. */
  void kill() {
    process().kill();
    end();
  }

  /** Ends the process in order. */
  void terminate() {
    process().terminate();
    process().assertExit(TERMINATED);
    end();
  }

  private void end() {
    PealProcess ended = process();
    List<Line> lines = lines(ended);
    Records records = Records.of(file());
    recorded.addAll(records.outcomes().keySet());
    lives.add(new Life(lines, records, ended.err()));
    processes.forget(ended);
    ended.close();
    process = null;
  }

  private static List<Line> lines(PealProcess from) {
    return from.out().stream().map(LINE::matcher).flatMap(Subscriber::line).toList();
  }

  /** The last line of a process that was killed may be cut off. */
  private static Stream<Line> line(Matcher matcher) {
    return matcher.matches()
        ? Stream.of(new Line(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Stream.empty();
  }

  /** Waits until it has done all of some messages, while there is progress. */
  void awaitAll(Set<String> ids) {
    int missing = missing(ids);
    while (missing > 0) {
      int before = missing;
      await()
          .alias(before + " messages are missing")
          .atMost(NO_PROGRESS)
          .until(() -> missing(ids) < before);
      missing = missing(ids);
    }
  }

  private int missing(Set<String> ids) {
    Set<String> left = new HashSet<>(ids);
    left.removeAll(recorded);
    lines(process()).forEach(line -> left.remove(line.messageId()));
    if (!left.isEmpty() && !process().isAlive()) {
      throw process().failure("the subscriber ended");
    }
    return left.size();
  }

  /** Returns what the processes did that have ended, in their order. */
  List<Life> lives() {
    return List.copyOf(lives);
  }
}
