package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * Module builds on ZeroMQ, from the message to the tag and the announcement, with those that were
 * missed, and what a node tells of them. {@code faults.TaggingIT} kills it meanwhile.
 */
class TaggingIT {

  private static final String STORE = "store.db";
  private static final String DAY = "1d";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private ModuleSite modules;

  @BeforeEach
  void open() {
    modules = new ModuleSite(folder, processes);
    modules.configure("publisher, replay, handlers", modules.handler("tagging", ""));
  }

  @AfterEach
  void close() {
    modules.close();
  }

  @Test
  void shouldTagAnnounceTellAndCatchUp() {
    int pages = modules.showStatus();
    PealProcess node = modules.startNode();
    node.awaitErr("connected");
    modules.publish(0, 1);
    await().until(() -> modules.isDone(STORE, 1));
    assertMeasured(pages);
    assertOnRecord();
    modules.build(1, 2);
    assertMissedAndCaughtUp();
    assertRulesReadAtRequest(node);
    node.terminate();
    node.assertExit(0);
    modules.assertTagged(3, 1);
    modules.assertAnnounced(3);
  }

  private static void assertMeasured(int pages) {
    await()
        .untilAsserted(
            () ->
                assertThat(StatusIT.get("http://127.0.0.1:" + pages, "/metrics"))
                    .contains("matched_module_builds_total{handler=\"tagging\"} 1.0")
                    .contains("failed_tag_build_requests_total{handler=\"tagging\"} 0.0")
                    .contains("messaging_tx_failed_total{bus=\"zmq\"} 0.0"));
  }

  private void assertOnRecord() {
    String twin = ModuleSite.nvrs(0).get(1);
    PealProcess history = modules.peal("", "tagging", "history", "--nvr", twin, "--json");
    history.assertExit(0);
    assertThat(LoggerIT.json(history.out().get(0)).at("/matched_rule/id").asText())
        .isEqualTo("all");
    modules.peal("", "tagging", "history", "--tag", "f28").assertExit(1);
    assertThat(modules.peal("", "handlers").out()).anyMatch(line -> line.contains(" 1 done "));
  }

  /** Without a message nobody looks whether the file has changed. */
  private void assertRulesReadAtRequest(PealProcess node) {
    modules.site().file("rules.yaml", "none");
    node.signal("HUP");
    node.awaitErr("cannot reload tagging rules");
  }

  private void assertMissedAndCaughtUp() {
    PealProcess dry = modules.peal("", "tagging", "catch-up", "--since", DAY, "--dry-run");
    dry.assertExit(0);
    assertThat(dry.out()).containsExactly("m1:el8:1:c1 ready", "m2:el8:1:c1 ready");
    modules.peal("", "tagging", "catch-up", "--since", DAY).assertExit(0);
    await().until(() -> modules.isDone(STORE, 3));
    assertThat(modules.peal("", "tagging", "catch-up", "--since", DAY).out()).isEmpty();
    String address = modules.mbs().address().toString();
    PealProcess changed =
        modules.peal(
            "", "tagging", "diff", "rules.yaml", "rules.yaml", "--history", "--mbs", address);
    changed.assertExit(0);
    assertThat(changed.err()).anyMatch(line -> line.contains("3 builds, 0 with other tags"));
  }
}
