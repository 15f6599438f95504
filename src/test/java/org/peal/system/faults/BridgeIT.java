package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.system.BridgeSite;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * Messages cross a bridge both ways while it, its broker, its connections and its queues come to
 * grief again and again: each arrives, once after dedup, unaltered, and in order.
 */
class BridgeIT {

  private static final int MESSAGES = 20_000;
  private static final int AWAY_SECONDS = 60;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String TO_ZMQ = "peal.bridge.to-zmq";
  private static final String SEEN = "peal.bridge.seen.b0.host";

  /** What may be on AMQP twice for each mishap: what the bridge publishes ahead of confirms. */
  private static final int UNCONFIRMED = 250;

  /** What a killed broker may hand over again, since it does not confirm acknowledgements. */
  private static final int FORGOTTEN = 1000;

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private Broker broker;
  private BridgeSite site;
  private BridgeEnds ends;
  private PealProcess bridge;

  @Test
  void messages_whateverBefallsBridgeAndBroker_allCrossOnceInOrder() {
    Campaign campaign = Campaign.start("bridge");
    int messages = campaign.scaled(MESSAGES);
    List<Mishap> mishaps = mishaps(campaign);
    try (Broker own = Broker.start()) {
      broker = own;
      site = new BridgeSite(folder, processes, broker);
      site.startSource();
      bridge = site.startBridge(0, "{}");
      ends = new BridgeEnds(site, messages);
      int slice = messages / (mishaps.size() + 1);
      for (int i = 0; i < mishaps.size(); i++) {
        // Twice as much as is waited for, so that some is on its way at the bad moment.
        ends.allow((i + 2) * slice);
        awaitMoment(campaign, i * slice, slice);
        strike(mishaps.get(i), campaign);
        campaign.progress(i + 1, mishaps.size());
      }
      ends.allow(messages);
      ends.awaitEnd();
      bridge.terminate();
      bridge.assertExit(0);
      account(campaign, mishaps);
    }
  }

  /** Returns what happens, in an order that the dice decide. */
  private static List<Mishap> mishaps(Campaign campaign) {
    List<Mishap> all = new ArrayList<>();
    for (Mishap mishap : Mishap.values()) {
      all.addAll(Collections.nCopies(campaign.scaled(mishap.times()), mishap));
    }
    Collections.shuffle(all, campaign.random());
    return all;
  }

  /** Waits until some of what was published last has crossed, one way or the other. */
  private void awaitMoment(Campaign campaign, int before, int slice) {
    int some = before + 1 + campaign.random().nextInt(slice);
    if (campaign.random().nextBoolean()) {
      ends.awaitOnAmqp(some);
    } else {
      ends.awaitOnZmq(some);
    }
  }

  private void strike(Mishap mishap, Campaign campaign) {
    switch (mishap) {
      case BRIDGE_KILLED -> killBridge();
      case BROKER_STOPPED -> {
        broker.stop();
        // The time away is the mishap itself; nothing is waited for.
        LockSupport.parkNanos(Duration.ofSeconds(campaign.scaled(AWAY_SECONDS)).toNanos());
        broker.boot();
      }
      case BROKER_KILLED -> {
        broker.kill();
        broker.boot();
      }
      case CONNECTIONS_CLOSED -> broker.control("close_all_connections", "a fault scenario");
      case QUEUES_DELETED -> deleteQueues();
    }
  }

  private void killBridge() {
    bridge.kill();
    processes.forget(bridge);
    bridge.close();
    bridge = site.startBridge(0, "{}");
  }

  /** What is in a queue is lost with it, so nothing is when it goes. */
  private void deleteQueues() {
    ends.awaitAllOnZmq();
    for (String queue : List.of(TO_ZMQ, SEEN)) {
      broker.control("delete_queue", queue, "--vhost", site.virtualHost());
    }
    await().atMost(LONG).until(() -> hasConsumer(TO_ZMQ) && hasConsumer(SEEN));
  }

  private boolean hasConsumer(String queue) {
    return broker
        .control(
            "list_queues", "--no-table-headers", "--vhost", site.virtualHost(), "name", "consumers")
        .contains(queue + "\t1");
  }

  private void account(Campaign campaign, List<Mishap> mishaps) {
    Map<Mishap, Integer> happened = new EnumMap<>(Mishap.class);
    mishaps.forEach(mishap -> happened.merge(mishap, 1, Integer::sum));
    ends.requireAllOnZmq();
    ends.requireOnceInLog();
    int doubled = ends.requireAllOnAmqp();
    campaign.say(
        "%d kills and so on: %s; all of both ways arrived, %d copies on AMQP besides"
            .formatted(happened.get(Mishap.BRIDGE_KILLED), happened, doubled));
    assertThat(doubled)
        .as(campaign.toString())
        .isLessThanOrEqualTo(
            mishaps.size() * UNCONFIRMED + happened.get(Mishap.BROKER_KILLED) * FORGOTTEN);
  }
}
