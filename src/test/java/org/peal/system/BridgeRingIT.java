package org.peal.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/**
 * Two nets on ZeroMQ and two brokers in a ring, joined by three bridges that pass everything on and
 * one after the manner of Python's; what bridges publish is everywhere routed to bridges again.
 *
 * <pre>
 *   z1 --b0-- a --b1-- z2 --b2-- b --py-- z1
 * </pre>
 */
class BridgeRingIT {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final int BATCH = 50;

  /** The number of what is sent only to find out whether all are joined. */
  private static final int PROBE = -1;

  private static final String SETTINGS =
      "{onward: true, to-amqp: {alone: true}, to-zmq: {queue: q%d}}";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @Test
  void messages_ofEverySideOfARing_reachEveryNetWithoutALoop() {
    BridgeSite site = new BridgeSite(folder, processes, Broker.shared());
    String a = site.url();
    String b = site.otherUrl();
    site.net("z1", "src", "b0", "py");
    site.net("z2", "b1", "b2");
    Stream.of(a, b).forEach(this::join);
    site.startSource();
    site.startBridge(0, SETTINGS.formatted(0), "z1", a);
    site.startBridge(1, SETTINGS.formatted(1), "z2", a);
    site.startBridge(2, SETTINGS.formatted(2), "z2", b);
    site.startPythonBridge(b, "src", "b0");
    PythonPeer onA = watch(a);
    PythonPeer onB = watch(b);
    PythonPeer onZ1 = site.watch("src", "b0", "py");
    PythonPeer onZ2 = site.watch("b1", "b2");
    List<PythonPeer> all = List.of(onA, onB, onZ1, onZ2);
    await().atMost(LONG).until(() -> isJoined(site, all));
    PealProcess once = site.collectOnZmq(2 * BATCH);

    site.publishOnZmq(BATCH).assertExit(0);
    publish(a, 0);
    publish(b, BATCH);

    awaitOnAll(all, 3 * BATCH);
    // What comes after them all shows that nothing of theirs still goes round.
    site.publishOnZmq(1).assertExit(0);
    awaitOnAll(all, 3 * BATCH + 1);
    assertThat(copies(onA).values()).as("copies on a").containsOnly(1L);
    assertThat(copies(onZ2).values()).as("copies on z2").containsOnly(1L);
    // Python's bridge marks nothing: what it takes to b it takes back once, and what comes to b by
    // the others it takes to z1; there all end, since they bear its name.
    assertThat(copies(onB).values()).as("copies on b").allMatch(count -> count <= 2);
    assertThat(copies(onZ1).values()).as("copies on z1").allMatch(count -> count <= 3);
    once.assertExit(0);
    assertThat(once.out().stream().map(BridgeRingIT::id))
        .as("for a consumer of peal")
        .hasSize(2 * BATCH)
        .doesNotHaveDuplicates();
  }

  private void join(String url) {
    processes.add(PythonPeer.atBridge("join", url)).awaitOut("joined");
  }

  private PythonPeer watch(String url) {
    return processes.add(PythonPeer.atBridge("collect", url, "" + Integer.MAX_VALUE));
  }

  /** Publishes once more; tells whether that, or what came before, is seen on every net. */
  private boolean isJoined(BridgeSite site, List<PythonPeer> all) {
    site.publishOnZmq(PROBE, 1).assertExit(0);
    return all.stream().allMatch(net -> net.outHolds("{", SHORT));
  }

  private void publish(String url, int first) {
    processes
        .add(PythonPeer.atBridge("publish", url, "" + first, "" + BATCH))
        .awaitOut("published all");
  }

  /** Waits until every net has seen so many messages besides those that were sent to find out. */
  private static void awaitOnAll(List<PythonPeer> all, int count) {
    all.forEach(net -> await().atMost(LONG).until(() -> arrived(net) >= count));
  }

  private static long arrived(PythonPeer net) {
    return messages(net)
        .filter(line -> !isProbe(json(line)))
        .map(BridgeRingIT::id)
        .distinct()
        .count();
  }

  private static boolean isProbe(JsonNode message) {
    return message.path(message.has("msg") ? "msg" : "body").path("n").asInt() == PROBE;
  }

  private static Stream<String> messages(PythonPeer net) {
    return net.out().stream().filter(line -> line.startsWith("{"));
  }

  /** Returns how often each message was seen, by its id without the year. */
  private static Map<String, Long> copies(PythonPeer net) {
    return messages(net).collect(groupingBy(BridgeRingIT::id, counting()));
  }

  private static String id(String line) {
    JsonNode message = json(line);
    String id = message.path(message.has("msg_id") ? "msg_id" : "id").textValue();
    return new MessageId(id).dedupKey();
  }

  private static JsonNode json(String line) {
    return StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
