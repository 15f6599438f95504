package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The publisher's store is full by its own limit. */
class FullStoreIT extends Staged {

  private static final int ROUNDS = 10;
  private static final int MESSAGES = 20_000;
  private static final int PADDING = 1000;
  private static final int MIB = 1 << 20;

  @Test
  void shouldGoOnWithARaisedLimit() {
    Campaign campaign = Campaign.start("store-limit");
    int rounds = campaign.scaled(ROUNDS);
    int messages = campaign.scaled(MESSAGES);
    int size = 2 * MIB;
    stage.configure(", max-size: " + size);
    Subscriber subscriber = stage.subscriber();
    stage.runNode();
    subscriber.start();
    try (Feed feed = stage.feed(messages, PADDING, campaign.derived()).started()) {
      feed.allow(messages);
      for (int round = 1; round <= rounds; round++) {
        assertThat(feed.awaitRefusal("broken"))
            .as(campaign.toString())
            .contains("is full: make room or raise store.max-size");
        subscriber.awaitAll(feed.accepted().keySet());
        size += round == rounds ? 1000 * MIB : campaign.random().nextInt(2 * MIB);
        stage.configure(", max-size: " + size);
        // What was refused under the old limit says nothing about the new one.
        stage.terminateNode();
        feed.forgetRefusals();
        stage.runNode();
        campaign.progress(round, rounds);
      }
      stage.finish(campaign, feed, subscriber);
    }
  }
}
