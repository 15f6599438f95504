package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.system.BridgeSite;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/**
 * Messages cross a bridge both ways while it is killed again and again, and its broker with it:
 * each arrives, once after dedup, unaltered, and in order.
 */
class BridgeIT {

  private static final int MESSAGES = 20_000;
  private static final int KILLS = 50;

  /** What may be on AMQP twice for each sudden death: a batch, or a window of a connection. */
  private static final int REPEATED_BY_BRIDGE = 250;

  private static final int REPEATED_BY_BROKER = 1000;
  private static final Duration LONG = Duration.ofMinutes(20);

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @Test
  void messages_whileBridgeAndBrokerAreKilled_allCrossOnceInOrder() {
    Campaign campaign = Campaign.start("bridge");
    int messages = Math.max(200, campaign.scaled(MESSAGES));
    int kills = Math.max(2, campaign.scaled(KILLS));
    try (Broker broker = Broker.start()) {
      BridgeSite site = new BridgeSite(folder, processes, broker);
      site.startSource();
      PealProcess bridge = site.startBridge(0, "{}");
      PealProcess onZmq = site.collectOnZmq(messages);
      PythonPeer onAmqp = site.collectOnAmqp(messages);
      PealProcess logger = site.publishOnZmq(messages);
      PythonPeer publisher = site.publishOnAmqp(0, messages);
      logger.assertExit(0);
      for (int kill = 1; kill <= kills; kill++) {
        int enough = (int) ((long) messages * kill / (kills + 1));
        await().atMost(LONG).until(() -> fromZmq(onAmqp).size() >= enough);
        bridge.signal("KILL");
        if (kill == kills / 2 + 1) {
          broker.kill();
          broker.boot();
        }
        bridge = site.startBridge(0, "{}");
        campaign.progress(kill, kills);
      }
      await().atMost(LONG).until(() -> !onAmqp.isAlive() && !onZmq.isAlive());
      publisher.awaitOut("published all");

      assertZmqEnd(onZmq, messages);
      int doubled = assertAmqpEnd(site, onAmqp, messages);
      assertThat(doubled)
          .as(campaign.toString())
          .isLessThanOrEqualTo(kills * REPEATED_BY_BRIDGE + REPEATED_BY_BROKER);
      campaign.say("%d kills, %d messages twice on AMQP".formatted(kills, doubled));
    }
  }

  private static List<String> fromZmq(PythonPeer peer) {
    return peer.out().stream().filter(line -> line.contains("\"zmq.topic\"")).toList();
  }

  private static void assertZmqEnd(PealProcess end, int count) {
    List<JsonNode> messages = end.out().stream().map(BridgeIT::json).toList();
    assertThat(messages.stream().map(m -> m.path("msg").path("n").intValue()).toList())
        .isEqualTo(IntStream.range(0, count).boxed().toList());
    assertThat(messages)
        .allSatisfy(
            message -> {
              JsonNode headers = message.path("headers");
              assertThat(message.path("msg").path("text").textValue()).isEqualTo("café");
              assertThat(headers.path("fedora_messaging_schema").textValue())
                  .isEqualTo("app.native.v1");
              assertThat(headers.path("fedora_messaging_severity").intValue()).isEqualTo(30);
              assertThat(headers.path("fedora_messaging_user_jane").booleanValue()).isTrue();
              assertThat(message.path("msg_id").textValue()).startsWith("2026-");
            });
  }

  /** Returns how many came more than once. */
  private static int assertAmqpEnd(BridgeSite site, PythonPeer end, int count) {
    List<String> lines = fromZmq(end);
    Set<String> seen = new HashSet<>();
    List<Integer> order = new ArrayList<>();
    for (String line : lines) {
      JsonNode message = json(line);
      if (seen.add(message.path("id").textValue())) {
        order.add(message.path("body").path("n").intValue());
        assertThat(message.path("body").path("text").textValue()).isEqualTo("café");
      }
    }
    assertThat(order).isEqualTo(IntStream.range(0, count).boxed().toList());
    byte[] crossed =
        lines.stream().collect(Collectors.joining("\n", "", "\n")).getBytes(StandardCharsets.UTF_8);
    PealProcess verified = site.run(crossed, "verify", "--from-amqp");
    verified.assertExit(0);
    assertThat(verified.out()).hasSize(lines.size());
    return lines.size() - seen.size();
  }

  private static JsonNode json(String line) {
    return StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
