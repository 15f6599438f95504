package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * A log that keeps little: what a subscriber was away from for too long is lost, and said to be.
 */
class RetentionIT extends Staged {

  private static final int ABSENCES = 40;
  private static final int MESSAGES = 20_000;
  private static final int PADDING = 100;
  private static final long MILLISECOND = 1_000_000;

  @Test
  void shouldReportExactlyWhatIsGone() {
    Campaign campaign = Campaign.start("short-retention");
    int absences = campaign.scaled(ABSENCES);
    int share = campaign.scaled(MESSAGES) / absences;
    stage.configure(", retention: {messages: %d, chunk: 7}".formatted(share / 4));
    Subscriber subscriber = stage.subscriber();
    stage.runNode();
    subscriber.start();
    try (Feed feed = stage.feed(share * absences, PADDING, campaign.derived()).once().started()) {
      // Only what comes after the first message that it heard of can be its loss.
      feed.allow(share / 8);
      await().until(() -> subscriber.printed() > 0);
      for (int absence = 1; absence <= absences; absence++) {
        feed.allow(share * absence - campaign.random().nextInt(share));
        LockSupport.parkNanos(campaign.random().nextInt(4000) * MILLISECOND);
        subscriber.kill();
        feed.allow(share * absence);
        feed.awaitAccepted(share * absence);
        if (campaign.random().nextInt(4) == 0) {
          stage.killNode();
          stage.runNode();
        }
        subscriber.start();
        campaign.progress(absence, absences);
      }
      subscriber.awaitAll(newest(feed));
      subscriber.terminate();
      stage.terminateNode();
      assertThat(feed.violations()).as(campaign.toString()).isEmpty();
      Account account = new Account(campaign, feed.accepted(), subscriber.lives(), stage.log());
      account.requireReportedLoss();
      assertThat(account.lost()).as("%s: nothing was lost to report", campaign).isNotEmpty();
    }
  }

  /** The last message is in the log in any case. */
  private static Set<String> newest(Feed feed) {
    Set<String> newest = new HashSet<>();
    feed.accepted()
        .forEach(
            (id, seq) -> {
              if (seq == feed.size()) {
                newest.add(id);
              }
            });
    return newest;
  }
}
