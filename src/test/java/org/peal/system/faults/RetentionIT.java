package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A log that keeps little: what a subscriber was away from for too long is lost, and said to be.
 */
class RetentionIT extends Staged {

  private static final int ABSENCES = 40;
  private static final int MESSAGES = 20_000;
  private static final int PADDING = 100;
  private static final long MILLISECOND = 1_000_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Sequence ids that no log had any more when the subscriber came back for them. */
  private final Set<Long> gone = new TreeSet<>();

  @Test
  void shouldReportExactlyWhatIsGone() {
    Campaign campaign = Campaign.start("short-retention");
    int absences = campaign.scaled(ABSENCES);
    int share = campaign.scaled(MESSAGES) / absences;
    int kept = share / 4;
    stage.configure(", retention: {messages: %d, chunk: 7}".formatted(kept));
    Subscriber subscriber = stage.subscriber();
    stage.runNode();
    try (Feed feed = stage.feed(share * absences, PADDING, campaign.derived()).once().started()) {
      begin(subscriber, feed, kept / 2);
      for (int absence = 1; absence <= absences; absence++) {
        subscriber.start();
        subscriber.awaitAll(newest(feed));
        // No more than the log keeps, so that nothing is gone before the subscriber is.
        feed.allow(feed.count() + campaign.random().nextInt(kept));
        LockSupport.parkNanos(campaign.random().nextInt(1000) * MILLISECOND);
        subscriber.kill();
        feed.allow(share * absence);
        feed.awaitAccepted(share * absence);
        long first = share * absence - kept + 1;
        await().atMost(MINUTE).until(() -> stage.firstInLog() == first);
        LongStream.range(subscriber.cursor() + 1, first).forEach(gone::add);
        if (campaign.random().nextInt(4) == 0) {
          stage.killNode();
          stage.runNode();
        }
        campaign.progress(absence, absences);
      }
      subscriber.start();
      subscriber.awaitAll(newest(feed));
      subscriber.terminate();
      stage.terminateNode();
      assertThat(feed.violations()).as(campaign.toString()).isEmpty();
      Account account = new Account(campaign, feed.accepted(), subscriber.lives(), stage.log());
      account.requireReportedLoss();
      assertThat(gone).as("%s: nothing was lost to report", campaign).isNotEmpty();
      assertThat(account.lost()).as("%s: reported against gone", campaign).isEqualTo(gone);
    }
  }

  /** Only what comes after the first message that it has recorded can be its loss. */
  private static void begin(Subscriber subscriber, Feed feed, int messages) {
    subscriber.start();
    feed.allow(messages);
    feed.awaitAccepted(messages);
    subscriber.awaitAll(newest(feed));
    subscriber.terminate();
  }

  /** Returns the message that was accepted last, which is in the log in any case. */
  private static Set<String> newest(Feed feed) {
    return Set.of(
        Collections.max(feed.accepted().entrySet(), Map.Entry.comparingByValue()).getKey());
  }
}
