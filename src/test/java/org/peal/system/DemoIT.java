package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** What newcomers run first. */
class DemoIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @Test
  void shouldShowWhatArrives_whatIsRefused_andWhatAKilledSubscriberGetsLater() {
    PealProcess demo = new Site(folder, processes).run("", "demo");
    demo.assertExit(0);
    assertThat(demo.out())
        .containsSubsequence(
            "  arrived: \"tagged into f43\", signed by demo-alice",
            "  outcome: tagged",
            "the subscriber is killed, and messages go on",
            "the subscriber is back: what it missed comes from the log of the node",
            "  arrived: 2 \"bash for f43\"",
            "  arrived: 3 \"fish for f43\"")
        .anyMatch(line -> line.startsWith("  refused: \"pay 100 to mallory\", BAD_SIGNATURE"));
  }
}
