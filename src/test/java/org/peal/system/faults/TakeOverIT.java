package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.system.BridgeSite;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * Two bridges side by side, of which the one that leads is killed again and again while messages
 * cross: the other takes over, and repeats no more than what was not confirmed.
 */
class TakeOverIT {

  private static final int MESSAGES = 10_000;
  private static final int KILLS = 20;
  private static final int BRIDGES = 2;
  private static final Duration LONG = Duration.ofMinutes(5);

  /** What may be on AMQP twice for each kill: what a bridge publishes ahead of confirms. */
  private static final int UNCONFIRMED = 250;

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private final PealProcess[] bridges = new PealProcess[BRIDGES];

  @Test
  void messages_whileTheLeaderIsKilled_arriveOnceByTheOther() throws IOException {
    Campaign campaign = Campaign.start("take-over");
    int messages = campaign.scaled(MESSAGES);
    int kills = campaign.scaled(KILLS);
    BridgeSite site = new BridgeSite(folder, processes, Broker.shared());
    site.startSource();
    for (int i = 0; i < BRIDGES; i++) {
      bridges[i] = site.startBridge(i, "{}");
    }
    PealProcess handler = site.startHandler();
    BridgeEnds ends = new BridgeEnds(site, messages);
    int slice = messages / (kills + 1);
    for (int i = 0; i < kills; i++) {
      ends.allow((i + 2) * slice);
      ends.awaitOnAmqp(i * slice + 1 + campaign.random().nextInt(slice));
      int leader = awaitLeader();
      bridges[leader].kill();
      awaitLeader();
      bridges[leader] = site.startBridge(leader, "{}");
      campaign.progress(i + 1, kills);
    }
    ends.allow(messages);
    ends.awaitEnd();

    ends.requireAllOnZmq();
    int doubled = ends.requireAllOnAmqp();
    campaign.say("%d kills, %d copies on AMQP besides".formatted(kills, doubled));
    assertThat(doubled).as(campaign.toString()).isLessThanOrEqualTo(kills * UNCONFIRMED);
    requireActedOnce(campaign, site.acted(2 * messages), messages);
    handler.terminate();
    handler.assertExit(0);
  }

  /** A handler of both buses sees each message there twice at least, and acts once. */
  private static void requireActedOnce(Campaign campaign, List<String> acted, int messages) {
    assertThat(acted.stream().map(TakeOverIT::id))
        .as("%s: what a handler of both buses acted on", campaign)
        .hasSize(2 * messages)
        .doesNotHaveDuplicates();
  }

  private static String id(String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    return new MessageId(StrictJson.parse(text, JsonLimits.DEFAULT).path("id").asText()).dedupKey();
  }

  /** Waits until one of those that live leads, and returns its number. */
  private int awaitLeader() {
    return await().atMost(LONG).until(this::leader, number -> number >= 0);
  }

  private int leader() {
    for (int i = 0; i < BRIDGES; i++) {
      String last =
          bridges[i].err().stream()
              .filter(line -> line.contains("this bridge leads"))
              .reduce("", (before, line) -> line);
      if (bridges[i].isAlive() && last.endsWith("this bridge leads")) {
        return i;
      }
    }
    return -1;
  }
}
