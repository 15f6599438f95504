package org.peal.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.peal.bench.Row.Goal;

/** A signed message from the shell: {@code peal logger} to a relay, from its start to its exit. */
final class LoggerPath implements BenchPath {

  private static final String NAME = "logger";
  private static final double MILLI = 1e6;
  private static final double GOAL_17 = 300;
  private static final double GOAL_25 = 220;
  private static final int AOT_CACHE_SINCE = 25;

  /** So many runs that the class archive is there, which the first one makes in the background. */
  private static final int WARM_UP = 5;

  /** Starts for each round: a start is short, and no two are alike. */
  private static final int STARTS = 3;

  private static final long PATIENCE_SECONDS = Lab.PATIENCE.toSeconds();

  @Override
  public List<Row> measure(Lab lab) throws IOException, InterruptedException {
    Worker relay = lab.start("forwarder", Lab.terms());
    List<String> command =
        lab.commandLine(
            "logger",
            "--endpoint",
            relay.said("in"),
            "--cert",
            lab.keys().certificate().toString(),
            "--key",
            lab.keys().key().toString(),
            "--message",
            "hello");
    List<String> least = lab.commandLine("--version");
    double goal = Runtime.version().feature() >= AOT_CACHE_SINCE ? GOAL_25 : GOAL_17;
    List<Row.Round> againstGoal = new ArrayList<>();
    List<Row.Round> againstLeast = new ArrayList<>();
    int runs = STARTS * lab.effort().runs();
    for (int i = 1; i <= WARM_UP + runs; i++) {
      lab.say(NAME + ": run " + i + " of " + (WARM_UP + runs));
      double time = millis(command);
      double floor = millis(least);
      if (i > WARM_UP) {
        againstGoal.add(new Row.Round(time, goal));
        againstLeast.add(new Row.Round(time, floor));
      }
    }
    return List.of(
        Row.of(
            NAME,
            "signed, to a relay, on Java " + Runtime.version().feature(),
            "ms",
            "the goal",
            againstGoal,
            Goal.atMost(1)),
        Row.of(NAME, "the same", "ms", "peal --version", againstLeast, null));
  }

  private static double millis(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new BenchException(
          "%s has not ended in %d s".formatted(String.join(" ", command), PATIENCE_SECONDS));
    }
    double taken = (System.nanoTime() - start) / MILLI;
    if (process.exitValue() != 0) {
      throw new BenchException(String.join(" ", command) + " ended with " + process.exitValue());
    }
    return taken;
  }
}
