package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peal.bench.Row.Goal;

/**
 * What a node takes: idle, and when it has stored many messages and then publishes as fast as it
 * can to many subscribers, while it is connected to many publishers.
 */
final class MemoryPath implements BenchPath {

  private static final String NAME = "memory";

  /** Subscribers and endpoints, unless fewer messages than that are stored. */
  private static final int MANY = 1000;

  /** Messages of the log, of about 1.4 KB each in the file. */
  private static final int STORED = 100_000;

  /** Messages that go to each subscriber. */
  private static final int SENT = 2_000;

  private static final int HEAP_MEBI = 512;

  /** What the log is beside: the size for which the bound of the heap is promised. */
  private static final double LARGE_GIGA = 10;

  private static final double GIGA = 1e9;

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    List<Row> rows = new ArrayList<>();
    lab.say(NAME + ": idle");
    Worker idle = NodeFolder.create(lab, true, false).start(lab, Memory.option(HEAP_MEBI));
    JsonNode taken = idle.ask(Lab.order("memory"));
    rows.add(row("idle, resident at most", taken, Memory.RESIDENT, null));
    lab.dismiss();
    rows.addAll(loaded(lab));
    return rows;
  }

  private static List<Row> loaded(Lab lab) throws IOException {
    int stored = lab.effort().count(STORED);
    int many = Math.min(MANY, stored);
    Worker silent = lab.start("silent", Lab.terms().put("count", many));
    NodeFolder folder = NodeFolder.create(lab, "publisher, replay, gateway", true, false);
    folder.know(silent.said().path("addresses"));
    Worker node = folder.start(lab, Memory.option(HEAP_MEBI));
    lab.say(NAME + ": storing " + stored + " messages");
    node.ask(Lab.order("publish", stored));
    Worker subscribers =
        lab.start(
            "wire-subscribers",
            Lab.terms().put("connect", node.said("publisher")).put("count", many));
    lab.say(NAME + ": publishing to " + many + " subscribers");
    // More than there is, so that it reads until nothing more comes.
    subscribers.tell(Lab.order("result", SENT).put("bytes", Integer.MAX_VALUE));
    node.ask(Lab.order("publish", SENT));
    subscribers.answer();
    JsonNode taken = node.ask(Lab.order("memory"));
    String what =
        String.format(Locale.ROOT, "%,d stored, %,d subscribers, as many endpoints", stored, many);
    double giga = Files.size(folder.store()) / GIGA;
    return List.of(
        Row.of(
            NAME,
            what + ", its file",
            "GB",
            "10 GB",
            List.of(new Row.Round(giga, LARGE_GIGA)),
            null),
        row(what + ", heap in use", taken, Memory.LIVE, Goal.atMost(1)),
        row(what + ", peak of the heap", taken, Memory.HEAP, Goal.atMost(1)),
        row(what + ", resident at most", taken, Memory.RESIDENT, null));
  }

  private static Row row(String what, JsonNode taken, String which, @Nullable Goal goal) {
    return Memory.row(NAME, what, List.of(taken), which, HEAP_MEBI, goal);
  }
}
