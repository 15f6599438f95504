package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.peal.Deadline;

/**
 * Module builds come at once; a node with a heap of 256 MiB has them tagged, each by one look at
 * the Module Build Service and three calls of a hub that takes no time.
 */
final class TaggingPath implements BenchPath {

  private static final String NAME = "tagging";
  private static final int COUNT = 10_000;
  private static final int REQUESTS_A_BUILD = 4;
  private static final int TAGS_A_BUILD = 2;

  /** A build may take as long as so many messages. */
  private static final int AS_LONG_AS = 20;

  private static final long BETWEEN_PROBES = TimeUnit.MILLISECONDS.toNanos(200);

  @Override
  public List<Row> measure(Lab lab) throws IOException {
    int count = lab.effort().count(COUNT);
    Worker services = lab.start("module-services", Lab.terms());
    String address = services.said("address");
    ObjectNode terms =
        Lab.terms().put("folder", folder(lab, address).toString()).put("services", address);
    Worker node = lab.start("tagging-node", terms, Memory.HEAP_OPTION);
    connect(services, node);
    List<Row.Round> rounds = new ArrayList<>();
    for (int i = 1; i <= lab.effort().runs(); i++) {
      lab.say(NAME + ": round " + i + " of " + lab.effort().runs());
      double rate = burst(services, node, (long) i * count, count);
      double calls = Flow.rate(node.ask(Lab.order("calls", count)));
      rounds.add(new Row.Round(rate, calls / REQUESTS_A_BUILD));
    }
    JsonNode memory = node.ask(Lab.order("memory"));
    String what = String.format(Locale.ROOT, "%,d builds at once", count);
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of(NAME, what, "/s", "its requests alone", rounds, null));
    rows.addAll(Memory.rows(NAME, what, List.of(memory)));
    return rows;
  }

  /** Publishes builds, one at a time, until the node's own subscriber has had one tagged. */
  private static void connect(Worker services, Worker node) {
    Deadline deadline = Deadline.after(Lab.PATIENCE);
    services.ask(Lab.order("arm", 1));
    services.tell(Lab.order("result", 1));
    for (long number = -1; !services.hasAnswered(); number--) {
      if (deadline.left().isZero()) {
        throw new BenchException("the node tags nothing");
      }
      node.ask(Lab.order("publish", 1).put("from", number));
      LockSupport.parkNanos(BETWEEN_PROBES);
    }
    services.answer();
  }

  private static double burst(Worker services, Worker node, long from, int count) {
    services.ask(Lab.order("arm", TAGS_A_BUILD * count));
    node.ask(Lab.order("publish", count).put("from", from));
    JsonNode answer = services.ask(Lab.order("result", AS_LONG_AS * count));
    return Flow.rate(answer) / TAGS_A_BUILD;
  }

  private static Path folder(Lab lab, String services) throws IOException {
    Path folder = lab.newFolder("node");
    Files.writeString(folder.resolve("rules.yaml"), ModuleMessages.RULES);
    Files.writeString(
        folder.resolve("koji.conf"),
        "[koji]\nserver = %s/kojihub\nauthtype = password\nuser = bench\npassword = bench\n"
            .formatted(services));
    int port = freePort();
    int replay = freePort();
    Path endpoints = Files.createDirectory(folder.resolve(MeasuredNode.ENDPOINTS));
    Files.writeString(
        endpoints.resolve("bench.yaml"),
        "endpoints: {%1$s: 'tcp://127.0.0.1:%2$d'}\nreplay_endpoints: {%1$s: 'tcp://127.0.0.1:%3$d'}\n"
            .formatted(NodeFolder.NAME, port, replay));
    Files.writeString(
        folder.resolve("peal.yaml"),
        """
        node:
          name: %1$s
          parts: [publisher, replay, handlers]
          submit: %2$s/submit.sock
        publisher: {out: ["tcp://127.0.0.1:%3$d"]}
        replay: {in: "tcp://127.0.0.1:%5$d"}
        status: {address: none}
        store: {path: %2$s/store.db}
        crypto: {sign: false, validate: false}
        handlers:
          tagging:
            settings:
              rules-file-url: %2$s/rules.yaml
              mbs-api-url: %4$s/mbs/1/
              koji-config: %2$s
        """
            .formatted(NodeFolder.NAME, folder, port, services, replay));
    return folder;
  }

  /** The node's own subscriber has to know where it publishes. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
