package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A store that goes back to an earlier state, as after a power failure or with an old backup. */
class RollbackIT extends Staged {

  private static final int ROUNDS = 10;
  private static final int SHARE = 200;
  private static final int PADDING = 100;

  @Test
  void shouldReportTheRolledBackLogAndDeliverAllThatItAcceptsAfterwards() {
    Campaign campaign = Campaign.start("rollback");
    int rounds = campaign.scaled(ROUNDS);
    Path store = stage.path("store.db");
    Path backup = stage.path("backup.db");
    Map<String, Long> accepted = new HashMap<>();
    Subscriber subscriber = stage.subscriber();
    stage.runNode();
    subscriber.start();
    for (int round = 1; round <= rounds; round++) {
      publish(campaign, subscriber, accepted);
      stage.killNode();
      Records.copyStore(store, backup);
      stage.runNode();
      publish(campaign, subscriber, accepted);
      stage.killNode();
      Records.copyStore(backup, store);
      stage.runNode();
      publish(campaign, subscriber, accepted);
      campaign.progress(round, rounds);
    }
    subscriber.terminate();
    stage.terminateNode();
    Subscriber.Life life = subscriber.lives().get(0);
    assertThat(life.records().outcomes().keySet())
        .as("%s: committed", campaign)
        .isEqualTo(accepted.keySet());
    assertThat(life.lines()).as("%s: lines", campaign).hasSameSizeAs(accepted.keySet());
    assertThat(life.records().losses()).as("%s: lost", campaign).isEmpty();
    assertThat(life.err().stream().filter(line -> line.contains("went back")))
        .as("%s: reported", campaign)
        .hasSize(rounds);
    campaign.say("%d accepted, log set back %d times".formatted(accepted.size(), rounds));
  }

  private void publish(Campaign campaign, Subscriber subscriber, Map<String, Long> accepted) {
    int share = 1 + campaign.random().nextInt(SHARE);
    try (Feed feed = stage.feed(share, PADDING, campaign.derived()).started()) {
      feed.allow(share);
      feed.awaitAccepted(share);
      accepted.putAll(feed.accepted());
      subscriber.awaitAll(accepted.keySet());
    }
  }
}
