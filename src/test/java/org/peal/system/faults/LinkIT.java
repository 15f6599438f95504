package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peal.testing.TcpProxy;
import org.peal.testing.TcpProxy.Trouble;

/** The links between publisher, its log and a subscriber are bad in all ways. */
class LinkIT extends Staged {

  /** How often each kind of trouble comes. */
  private static final int ROUNDS = 10;

  private static final int MESSAGES = 20_000;
  private static final int PADDING = 100;
  private static final long MILLISECOND = 1_000_000;
  private static final int LONGEST_TROUBLE = 2000;

  private Campaign campaign;
  private TcpProxy live;
  private TcpProxy replay;

  private void link(String name) {
    campaign = Campaign.start(name);
    live = new TcpProxy(stage.port(), campaign.derived());
    replay = new TcpProxy(stage.port() + 1, campaign.derived());
    stage.endpoints(live.port(), replay.port());
  }

  @AfterEach
  void cutLinks() {
    live.close();
    replay.close();
  }

  /** Every kind of trouble some times over, in an order that the dice decide. */
  private List<Trouble> troubles(int rounds) {
    List<Trouble> troubles = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      troubles.addAll(List.of(Trouble.values()));
    }
    Collections.shuffle(troubles, campaign.random());
    return troubles;
  }

  @Test
  void shouldLoseNothingOverBadLinks() {
    link("bad-links");
    int rounds = campaign.scaled(ROUNDS);
    run(troubles(rounds), troubles(rounds));
  }

  @Test
  void shouldLoseNothingWhereAllComesFromTheLogOverABadLink() {
    link("bad-log-link");
    List<Trouble> forReplay = troubles(campaign.scaled(ROUNDS));
    run(Collections.nCopies(forReplay.size(), Trouble.CUT), forReplay);
  }

  private void run(List<Trouble> forLive, List<Trouble> forReplay) {
    int messages = campaign.scaled(MESSAGES);
    Subscriber subscriber = stage.subscriber();
    stage.runNode();
    subscriber.start();
    try (Feed feed = stage.feed(messages, PADDING, campaign.derived()).started()) {
      for (int phase = 0; phase < forLive.size(); phase++) {
        live.set(forLive.get(phase));
        replay.set(forReplay.get(phase));
        int published = messages * (phase + 1) / forLive.size();
        feed.allow(published);
        feed.awaitAccepted(published);
        LockSupport.parkNanos(campaign.random().nextInt(LONGEST_TROUBLE) * MILLISECOND);
        campaign.progress(phase + 1, forLive.size());
      }
      live.set(Trouble.NONE);
      replay.set(Trouble.NONE);
      stage.finish(campaign, feed, subscriber);
      campaign.say(
          "%d phases, changed bits: %d live and %d replayed, swallowed bytes: %d and %d"
              .formatted(
                  forLive.size(),
                  live.changedBits(),
                  replay.changedBits(),
                  live.swallowed(),
                  replay.swallowed()));
    }
  }

  @Test
  void shouldFindOutWhatWasLostBeforeAQuietPeriod() {
    link("quiet-tail");
    int rounds = campaign.scaled(ROUNDS);
    Subscriber subscriber = stage.subscriber();
    stage.runNode();
    subscriber.start();
    try (Feed feed = stage.feed(40 * rounds, PADDING, campaign.derived()).started()) {
      for (int round = 0; round < rounds; round++) {
        feed.allow(40 * round + 20);
        feed.awaitAccepted(40 * round + 20);
        subscriber.awaitAll(feed.accepted().keySet());
        // Nothing comes after these, and nobody tells that they were sent.
        long swallowed = live.swallowed();
        live.set(Trouble.HALF_OPEN);
        feed.allow(40 * round + 40);
        feed.awaitAccepted(40 * round + 40);
        subscriber.awaitAll(feed.accepted().keySet());
        assertThat(live.swallowed()).as(campaign.toString()).isGreaterThan(swallowed);
        if (round + 1 < rounds) {
          awaitNewLink();
        }
        campaign.progress(round + 1, rounds);
      }
      stage.finish(campaign, feed, subscriber);
    }
  }

  /**
   * Ends the dead connection, as a router does that comes back: a link that died before its peer
   * answered a first ping is not given up by itself, since old peers never answer any.
   */
  private void awaitNewLink() {
    int before = live.opened();
    live.set(Trouble.CUT);
    live.set(Trouble.NONE);
    await().atMost(5, TimeUnit.MINUTES).until(() -> live.opened() > before);
  }
}
