package org.peal.system;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Postgres;
import org.peal.testing.Processes;

/** Two nodes tag the same builds at the same hub, and one of them is killed in the middle. */
class TaggingFederationIT {

  private static final int BUILDS = 16;
  private static final String EAST = "east";
  private static final String WEST = "west";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private ModuleSite modules;

  @BeforeEach
  void open() {
    modules = new ModuleSite(folder, processes);
    modules.configure("publisher, replay", "");
  }

  @AfterEach
  void close() {
    modules.close();
  }

  private PealProcess start(String name) {
    return modules.site().start("node", "--config", name);
  }

  private static void end(PealProcess node) {
    node.terminate();
    node.assertExit(0);
  }

  /** What is to be published goes from the shared database to that of the node. */
  private static boolean isDone(Postgres server, String database) {
    String counts =
        "SELECT (SELECT count(*) FROM peal.decision) || ' ' || (SELECT count(*) FROM peal.outbox)";
    return server.execute(database, counts).equals(List.of(BUILDS + " 0"));
  }

  /** Publishes, and kills a node when so many of the four requests for each build were made. */
  private void killInTheMiddle(PealProcess victim) {
    modules.publish(0, BUILDS);
    long seed = new Random().nextLong();
    System.out.println("TaggingFederationIT seed " + seed);
    int enough = new Random(seed).nextInt(3 * BUILDS);
    await().until(() -> modules.hub().seen("tagBuild").size() >= enough);
    victim.kill();
  }

  /** Each by the name that it has there: nothing but the hub and its user is the same. */
  @Test
  void sharingNothing_oneKilled_asksAtMostTwiceAndAnnouncesOnce() {
    modules.configureFollower(EAST, "handlers: {" + modules.handler(EAST, "") + "}\n");
    modules.configureFollower(WEST, "handlers: {" + modules.handler(WEST, "") + "}\n");
    PealProcess east = start(EAST);
    PealProcess west = start(WEST);
    PealProcess node = modules.startNode();
    east.awaitErr("connected");
    west.awaitErr("connected");
    killInTheMiddle(west);
    await().until(() -> modules.isDone("east/store.db", BUILDS));
    PealProcess again = start(WEST);
    again.awaitErr("connected");
    await().until(() -> modules.isDone("west/store.db", BUILDS));
    end(again);
    end(east);
    end(node);
    modules.assertTagged(BUILDS, 2);
    modules.assertAnnounced(BUILDS);
  }

  @Test
  void withTheLease_holderKilled_asksOnceAndAnnouncesOnce() {
    try (Postgres server = Postgres.start()) {
      String database = server.newDatabase();
      String shared =
          "postgresql: {url: \"%s\"}\nlease: {duration: 2s}\nhandlers: {%s}\n"
              .formatted(database, modules.handler("tagging", "lease: true,"));
      modules.configureFollower(EAST, shared);
      modules.configureFollower(WEST, shared);
      PealProcess node = modules.startNode();
      PealProcess west = start(WEST);
      west.awaitErr("this node holds the lease");
      PealProcess east = start(EAST);
      east.awaitErr("this node stands by");
      killInTheMiddle(west);
      east.awaitErr("this node holds the lease");
      await().until(() -> isDone(server, database) && modules.isOutboxEmpty("east/store.db"));
      end(east);
      end(node);
      modules.assertTagged(BUILDS, 1);
      modules.assertAnnounced(BUILDS);
    }
  }
}
