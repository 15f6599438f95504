package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** Several bridges between the same two buses. */
class BridgesIT {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int BATCH = 100;

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private BridgeSite site;

  @BeforeEach
  void makeSite() {
    site = new BridgeSite(folder, processes, Broker.shared());
    site.startSource();
  }

  @Test
  void twoSideBySide_leaderKilled_theOtherTakesOver() {
    PealProcess leader = site.startBridge(0, "{}");
    leader.awaitErr("this bridge leads");
    PealProcess other = site.startBridge(1, "{}");
    PythonPeer onAmqp = site.collectOnAmqp(2 * BATCH);
    site.publishOnZmq(BATCH).assertExit(0);
    site.publishOnAmqp(0, BATCH).awaitOut("published all");
    await().atMost(LONG).until(() -> fromZmq(onAmqp).size() >= BATCH);
    assertThat(fromZmq(onAmqp)).as("one copy while both live").hasSize(BATCH);
    assertThat(other.err()).noneMatch(line -> line.contains("this bridge leads"));

    leader.signal("KILL");
    site.publishOnZmq(BATCH).assertExit(0);

    other.awaitErr("this bridge leads");
    await().atMost(LONG).until(() -> !onAmqp.isAlive());
    Set<String> ids = new HashSet<>();
    fromZmq(onAmqp).forEach(line -> ids.add(json(line).path("id").textValue()));
    assertThat(ids).hasSize(2 * BATCH);
    assertThat(numbers(onAmqp)).hasSize(2 * BATCH).isEqualTo(twice());
  }

  private static List<Integer> twice() {
    return IntStream.range(0, 2 * BATCH).map(n -> n % BATCH).boxed().toList();
  }

  private static List<Integer> numbers(PythonPeer peer) {
    return fromZmq(peer).stream()
        .map(line -> json(line).path("body").path("n").intValue())
        .toList();
  }

  @Test
  void threeBetweenTheSameNets_takingAllOnward_endWithoutALoop() {
    for (int i = 0; i < 3; i++) {
      String settings =
          "{onward: true, to-amqp: {alone: true}, to-zmq: {queue: q%d, exchange: zmq.topic}}";
      site.startBridge(i, settings.formatted(i));
    }
    PythonPeer onAmqp = site.collectOnAmqp(BATCH + 1);
    site.publishOnZmq(BATCH).assertExit(0);
    await().atMost(LONG).until(() -> ids(onAmqp).size() == BATCH);
    site.publishOnZmq(1).assertExit(0);
    await().atMost(LONG).until(() -> !onAmqp.isAlive());

    // Each bridge takes each message to the broker at most once, whatever way it came.
    assertThat(fromZmq(onAmqp).size()).isLessThanOrEqualTo(3 * (BATCH + 1));
    assertThat(fromZmq(onAmqp))
        .allSatisfy(
            line -> {
              List<String> path =
                  List.of(json(line).path("headers").path("peal-path").textValue().split(","));
              assertThat(path).doesNotHaveDuplicates();
            });
  }

  private static Set<String> ids(PythonPeer peer) {
    Set<String> ids = new HashSet<>();
    fromZmq(peer).forEach(line -> ids.add(json(line).path("id").textValue()));
    return ids;
  }

  private static List<String> fromZmq(PythonPeer peer) {
    return peer.out().stream().filter(line -> line.contains("\"zmq.topic\"")).toList();
  }

  private static JsonNode json(String line) {
    return StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
