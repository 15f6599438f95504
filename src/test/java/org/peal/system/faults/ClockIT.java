package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peal.testing.WrongClock;

/** The clocks of publisher and subscriber are set back and forth while they run. */
class ClockIT extends Staged {

  private static final int JUMPS = 60;
  private static final int MESSAGES = 20_000;
  private static final int PADDING = 100;

  /** Within the validity of the revocation list of the site. */
  private static final long MOST_SECONDS = Duration.ofHours(12).toSeconds();

  @Test
  void shouldLoseNothingWhenClocksJump() {
    Campaign campaign = Campaign.start("clocks");
    int jumps = campaign.scaled(JUMPS);
    int messages = campaign.scaled(MESSAGES);
    WrongClock publishers = WrongClock.in(folder, "publisher.clock");
    WrongClock subscribers = WrongClock.in(folder, "subscriber.clock");
    stage.runNodesIn(publishers.in(stage.setting()));
    Subscriber subscriber = stage.subscriber(subscribers.in(stage.setting()));
    stage.runNode();
    subscriber.start();
    try (Feed feed = stage.feed(messages, PADDING, campaign.derived()).started()) {
      for (int jump = 1; jump <= jumps; jump++) {
        publishers.set(-campaign.random().nextLong(MOST_SECONDS));
        subscribers.set(-campaign.random().nextLong(MOST_SECONDS));
        feed.allow(messages * jump / jumps);
        feed.awaitAccepted(messages * jump / jumps);
        if (campaign.random().nextInt(4) == 0) {
          stage.killNode();
          stage.runNode();
        }
        if (campaign.random().nextInt(4) == 0) {
          subscriber.kill();
          subscriber.start();
        }
        campaign.progress(jump, jumps);
      }
      stage.finish(campaign, feed, subscriber);
      Records log = stage.log();
      assertThat(log.times().values().stream().sorted().toList())
          .as("%s: the publisher's clock never went back", campaign)
          .isNotEqualTo(List.copyOf(log.times().values()));
    }
  }
}
