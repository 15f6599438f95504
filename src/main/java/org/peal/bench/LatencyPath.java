package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.bench.Row.Goal;

/** How long a message takes from the call that publishes it to the subscriber's handler. */
final class LatencyPath implements BenchPath {

  private static final String NAME = "latency";
  private static final double MICRO = 1000;
  private static final double TWO_MILLIS = 2000;
  private static final int SECONDS = 3;
  private static final int WARMING = 100_000;

  /** Rounds at the rate itself that do not count: waiting goes ways that haste does not. */
  private static final int SLOW_WARM_UPS = 2;

  /** One round of both: ours, the bare socket and the disk. */
  private record Sample(JsonNode ours, JsonNode bare, JsonNode disk) {}

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int rate : new int[] {100, 1000}) {
      for (boolean isDurable : new boolean[] {false, true}) {
        rows.addAll(rows(lab, rate, isDurable));
        lab.dismiss();
      }
    }
    return rows;
  }

  private static List<Row> rows(Lab lab, int rate, boolean isDurable) throws IOException {
    String kind = rate + " a second" + (isDurable ? ", durable" : "");
    List<Sample> samples = samples(lab, rate, isDurable, kind);
    return isDurable
        ? List.of(
            row(kind + ", p50", samples, "p50", 0, null),
            row(kind + ", p99", samples, "p99", TWO_MILLIS, Goal.atMost(1)))
        : List.of(
            row(kind + ", p50", samples, "p50", -1, rate == 1000 ? Goal.atMost(1.5) : null),
            row(kind + ", p99", samples, "p99", -1, rate == 1000 ? Goal.atMost(2) : null));
  }

  private static List<Sample> samples(Lab lab, int rate, boolean isDurable, String kind)
      throws IOException {
    Worker node = NodeFolder.create(lab, isDurable, false).start(lab, "");
    Worker receiver = PealPeers.receiver(lab, node.said("publisher"));
    receiver.ask(Lab.order("connected"));
    Worker sender = PealPeers.bareSender(lab, lab.unsigned());
    Worker bare = PealPeers.bareReceiver(lab, sender.said("address"));
    sender.ask(Lab.order("await", 1));
    Worker limits = PealPeers.limits(lab, "");
    int count = lab.effort().count(SECONDS * rate);
    warmUp(lab, node, receiver, sender, bare);
    for (int i = 0; i < SLOW_WARM_UPS; i++) {
      Flow.delays(node, receiver, count, rate);
      Flow.delays(sender, bare, count, rate);
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 1; i <= lab.effort().runs(); i++) {
      lab.say(NAME + ": " + kind + ", round " + i + " of " + lab.effort().runs());
      samples.add(
          new Sample(
              Flow.delays(node, receiver, count, rate),
              Flow.delays(sender, bare, count, rate),
              limits.ask(Lab.order("sync", count).put("rate", rate))));
    }
    return samples;
  }

  private static void warmUp(Lab lab, Worker node, Worker receiver, Worker sender, Worker bare) {
    lab.say(NAME + ": warming up");
    int count = lab.effort().count(WARMING);
    Flow.warmUp(node, "publish", receiver, count);
    Flow.warmUp(sender, "send", bare, count);
  }

  /**
   * Makes a row.
   *
   * @param allowance microseconds beyond the bare socket and the disk together; negative if the
   *     disk has no part in it
   */
  private static Row row(
      String what, List<Sample> samples, String which, double allowance, @Nullable Goal goal) {
    List<Row.Round> rounds = new ArrayList<>();
    for (Sample sample : samples) {
      double limit =
          micros(sample.bare(), which)
              + (allowance < 0 ? 0 : micros(sample.disk(), which) + allowance);
      rounds.add(new Row.Round(micros(sample.ours(), which), limit));
    }
    String limit =
        allowance < 0
            ? "bare JeroMQ"
            : "bare JeroMQ + fdatasync" + (allowance > 0 ? " + 2 ms" : "");
    return Row.of(NAME, what, "us", limit, rounds, goal);
  }

  private static double micros(JsonNode delays, String which) {
    return delays.path(which).doubleValue() / MICRO;
  }
}
