package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.peal.bench.Row.Goal;

/** A subscriber that was away fetches all that a node's log holds, with a heap of 256 MiB. */
final class ReplayPath implements BenchPath {

  private static final String NAME = "replay";
  private static final int COUNT = 50_000;

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    int count = lab.effort().count(COUNT);
    NodeFolder folder = NodeFolder.create(lab, true, true);
    Worker node = folder.start(lab, Memory.HEAP_OPTION);
    lab.say(NAME + ": storing " + count + " signed messages");
    node.ask(Lab.order("publish", count));
    Worker limits = PealPeers.limits(lab, "");
    Worker bareFrom = PealPeers.bareSender(lab, lab.signed());
    Worker verifier = PealPeers.bareVerifier(lab, bareFrom.said("address"));
    bareFrom.ask(Lab.order("await", 1));
    List<Row.Round> rounds = new ArrayList<>();
    List<JsonNode> readings = new ArrayList<>();
    for (int i = 1; i <= lab.effort().runs(); i++) {
      lab.say(NAME + ": round " + i + " of " + lab.effort().runs());
      JsonNode read = read(lab, node, count);
      readings.add(read);
      rounds.add(new Row.Round(Flow.rate(read), limit(limits, folder, bareFrom, verifier, count)));
    }
    String what = String.format(Locale.ROOT, "%,d away, verified", count);
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of(NAME, what, "/s", "store read and verify", rounds, Goal.atLeast(0.8)));
    rows.addAll(Memory.rows(NAME, what, readings));
    return rows;
  }

  private static JsonNode read(Lab lab, Worker node, int count) throws IOException {
    ObjectNode terms =
        Lab.terms()
            .put("folder", lab.newFolder("subscriber").toString())
            .put("publisher", NodeFolder.NAME)
            .put("replay", node.said("replay"))
            .put("keys", lab.keys().folder().toString());
    try (Worker reader = lab.start("durable", terms, Memory.HEAP_OPTION)) {
      JsonNode answer = reader.ask(Lab.order("read", count));
      if (answer.path("count").intValue() < count) {
        throw new BenchException("of %d messages only %s came".formatted(count, answer));
      }
      return answer;
    }
  }

  /** First read, then verify: what one after the other would reach. */
  private static double limit(
      Worker limits, NodeFolder folder, Worker sender, Worker verifier, int count) {
    double read =
        Flow.rate(limits.ask(Lab.order("read", count).put("file", folder.store().toString())));
    double verify = Flow.rate(sender, "send", verifier, count);
    return 1 / (1 / read + 1 / verify);
  }
}
