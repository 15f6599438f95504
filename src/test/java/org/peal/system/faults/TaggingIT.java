package org.peal.system.faults;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peal.bus.Bus;
import org.peal.system.ModuleSite;
import org.peal.testing.HubTrouble;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * A node that tags module builds is killed again and again while 400 builds come by one of the
 * buses: message in, calls of Koji, announcement out.
 */
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

  @ParameterizedTest
  @EnumSource(Bus.class)
  void shouldTagAndAnnounceEachBuildThoughTheNodeIsKilled(Bus bus) {
    Campaign campaign = Campaign.start("tagging-killed-" + bus.name().toLowerCase(Locale.ROOT));
    int kills = campaign.scaled(KILLS);
    int builds = campaign.scaled(BUILDS);
    try (ModuleSite modules = new ModuleSite(folder, processes);
        ModuleBus ends = ModuleBus.open(bus, modules, processes, builds, campaign.derived())) {
      modules.build(0, builds);
      loseReplies(modules, builds);
      for (int kill = 1; kill <= kills; kill++) {
        PealProcess node = modules.startNode();
        int before = calls(modules);
        ends.allow(builds * kill / kills);
        awaitMoment(campaign, modules, before, CALLS_A_BUILD * builds / kills);
        node.kill();
        forget(node);
        campaign.progress(kill, kills);
      }
      PealProcess last = modules.startNode();
      ends.awaitTaken();
      await().atMost(10, TimeUnit.MINUTES).until(() -> modules.isDone("store.db", builds));
      last.terminate();
      last.assertExit(0);
      campaign.say(
          "%d kills, %d builds, %d calls of tagBuild".formatted(kills, builds, calls(modules)));
      modules.assertTagged(builds, 1);
      ends.assertAnnounced();
    }
  }

  private static int calls(ModuleSite modules) {
    return modules.hub().seen("tagBuild").size();
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
  private static void awaitMoment(Campaign campaign, ModuleSite modules, int before, int most) {
    int calls = campaign.random().nextInt(most);
    long patience = System.nanoTime() + 10_000 * MILLISECOND;
    while (calls(modules) < before + calls && System.nanoTime() < patience) {
      LockSupport.parkNanos(MILLISECOND);
    }
    LockSupport.parkNanos(campaign.random().nextInt(50) * MILLISECOND);
  }

  private void forget(PealProcess node) {
    processes.forget(node);
    node.close();
  }
}
