package org.peal.system.faults;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.system.ModuleSite;
import org.peal.testing.HubTrouble;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** A node that tags module builds is killed again and again while 400 builds come. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class TaggingIT {

  private static final int KILLS = 50;
  private static final int BUILDS = 400;
  private static final int CALLS_A_BUILD = 4;
  private static final long MILLISECOND = 1_000_000;

  /** One in so many replies of the hub is lost after it did what was asked. */
  private static final int LOST_ONE_IN = 25;

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @Test
  void shouldTagAndAnnounceEachBuildThoughTheNodeIsKilled() {
    Campaign campaign = Campaign.start("tagging-killed");
    int kills = campaign.scaled(KILLS);
    int builds = campaign.scaled(BUILDS);
    try (ModuleSite modules = new ModuleSite(folder, processes);
        Feed feed = feed(builds, campaign.derived())) {
      modules.configure("publisher, replay, handlers", modules.handler("tagging", ""));
      modules.build(0, builds);
      loseReplies(modules, builds);
      feed.started();
      for (int kill = 1; kill <= kills; kill++) {
        PealProcess node = modules.startNode();
        feed.allow(builds * kill / kills);
        awaitMoment(campaign, modules, CALLS_A_BUILD * builds / kills);
        node.kill();
        forget(node);
        campaign.progress(kill, kills);
      }
      PealProcess last = modules.startNode();
      feed.awaitAccepted(builds);
      await().atMost(10, TimeUnit.MINUTES).until(() -> modules.isDone("store.db", builds));
      last.terminate();
      last.assertExit(0);
      campaign.say(
          "%d kills, %d builds, %d calls of tagBuild"
              .formatted(kills, builds, modules.hub().seen("tagBuild").size()));
      modules.assertTagged(builds, 1);
      modules.assertAnnounced(builds);
    }
  }

  private Feed feed(int builds, long seed) {
    return new Feed(folder.resolve("node.sock"), builds, ModuleSite.TOPIC, ModuleSite::body, seed);
  }

  private static void loseReplies(ModuleSite modules, int builds) {
    for (int call = 1; call <= CALLS_A_BUILD * builds; call++) {
      modules
          .hub()
          .trouble(
              "tagBuild",
              call % LOST_ONE_IN == 0 ? new HubTrouble.Cut(true) : new HubTrouble.None());
    }
  }

  /** Waits until some of the round's calls were made, or, if none are left, a moment. */
  private static void awaitMoment(Campaign campaign, ModuleSite modules, int most) {
    int before = modules.hub().seen("tagBuild").size();
    int calls = campaign.random().nextInt(most);
    long patience = System.nanoTime() + 10_000 * MILLISECOND;
    while (modules.hub().seen("tagBuild").size() < before + calls && System.nanoTime() < patience) {
      LockSupport.parkNanos(MILLISECOND);
    }
    LockSupport.parkNanos(campaign.random().nextInt(50) * MILLISECOND);
  }

  private void forget(PealProcess node) {
    processes.forget(node);
    node.close();
  }
}
