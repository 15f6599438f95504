package org.peal.system.faults;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Publisher and subscriber are killed while 20,000 messages are published. */
class KillsIT extends Staged {

  private static final int KILLS = 100;
  private static final int MESSAGES = 20_000;
  private static final int PADDING = 100;
  private static final long MILLISECOND = 1_000_000;

  /** One in so many kills comes at a moment of the start, not of the work. */
  private static final int EARLY_ONE_IN = 5;

  private static final int LONGEST_START = 1500;

  /** Who is killed. */
  private record Victims(boolean publisher, boolean subscriber) {}

  @Test
  void shouldLoseNothingWhenThePublisherIsKilled() {
    run("publisher-killed", new Victims(true, false));
  }

  @Test
  void shouldLoseNothingWhenTheSubscriberIsKilled() {
    run("subscriber-killed", new Victims(false, true));
  }

  @Test
  void shouldLoseNothingWhenBothAreKilled() {
    run("both-killed", new Victims(true, true));
  }

  private void run(String name, Victims victims) {
    Campaign campaign = Campaign.start(name);
    int kills = campaign.scaled(KILLS);
    int messages = campaign.scaled(MESSAGES);
    Subscriber subscriber = stage.subscriber();
    try (Feed feed = stage.feed(messages, PADDING, campaign.derived()).started()) {
      stage.startNode();
      subscriber.start();
      for (int kill = 1; kill <= kills; kill++) {
        int before = feed.count();
        feed.allow(messages * kill / kills);
        awaitMoment(campaign, feed, before, subscriber);
        if (victims.publisher()) {
          stage.killNode();
          stage.startNode();
        }
        if (victims.subscriber()) {
          subscriber.kill();
          subscriber.start();
        }
        campaign.progress(kill, kills);
      }
      stage.finish(campaign, feed, subscriber);
      campaign.say(
          "%d kills, %d drafts repeated after their answer, refused meanwhile: %s"
              .formatted(kills, feed.repeated(), feed.refusals()));
    }
  }

  /** Waits until some of what may be published is accepted and printed, or for no reason at all. */
  private void awaitMoment(Campaign campaign, Feed feed, int before, Subscriber subscriber) {
    if (campaign.random().nextInt(EARLY_ONE_IN) == 0) {
      LockSupport.parkNanos(campaign.random().nextInt(LONGEST_START) * MILLISECOND);
      return;
    }
    int all = campaign.scaled(MESSAGES) / campaign.scaled(KILLS);
    feed.awaitAccepted(before + 1 + campaign.random().nextInt(all));
    int lines = 1 + campaign.random().nextInt(all);
    await().atMost(5, TimeUnit.MINUTES).until(() -> subscriber.printed() >= lines);
    LockSupport.parkNanos(campaign.random().nextInt(20) * MILLISECOND);
  }
}
