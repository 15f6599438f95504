package org.peal.handler.tagging.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.metrics.Sample;
import org.peal.testing.FreePorts;
import org.peal.testing.HubTrouble;

/** What becomes of builds while a hub says that it is down, by a clock that the test moves. */
class HubOutageIT {

  private static final String NAME = "tagging";
  private static final String RULES =
      "- {id: one, type: module, rule: {name: ^virt}, destinations: f29}\n";

  @TempDir Path folder;

  private TaggingSite site;

  @BeforeEach
  void open() throws Exception {
    site = new TaggingSite(folder);
    site.rules(RULES);
    site.hub.state().addTag("f29");
    site.start(NAME, site.settings(), Map.of());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void down(int answers) {
    repeat(answers, new HubTrouble.Fault(1014, "database outage"));
  }

  private void repeat(int answers, HubTrouble trouble) {
    site.hub.trouble("login", Collections.nCopies(answers, trouble).toArray(HubTrouble[]::new));
  }

  private void pass(Duration time) {
    site.now.updateAndGet(now -> now.plus(time));
  }

  private int asked() {
    return site.hub.seen("login").size();
  }

  private double outageSeconds() {
    return site.handler().samples().stream()
        .filter(sample -> sample.name().equals("peal_tagging_outage_seconds"))
        .mapToDouble(Sample::value)
        .sum();
  }

  /** By default a message is tried 100 times, and for seven days. */
  @Test
  void handle_hubIsDownForTwelveDays_tagsTheBuildAfterwards() {
    int hours = 300;
    down(hours);
    site.take(site.build(7, "virt"), TaggingSite.START);
    for (int hour = 1; hour < hours; hour++) {
      site.retry();
    }
    assertThat(site.waiting()).isEqualTo(1);
    assertThat(site.counts()).containsEntry("wait", (long) hours).containsEntry("retry", 0L);
    assertThat(site.decisions()).isEmpty();
    assertThat(site.outbox()).isEmpty();
    site.retry();
    assertThat(site.waiting()).isZero();
    assertThat(site.outbox()).hasSize(2);
    assertThat(site.decisions())
        .singleElement()
        .satisfies(one -> assertThat(one.get("ending").textValue()).isEqualTo("done"));
  }

  @Test
  void handle_manyBuildsWhileTheHubIsDown_asksOnceAndGoesOnWithOthers() {
    down(1);
    for (int id = 1; id <= 20; id++) {
      site.take(site.build(id, "virt" + id), TaggingSite.START);
    }
    site.take(site.build(100, "other"), TaggingSite.START);
    assertThat(asked()).isEqualTo(1);
    assertThat(site.waiting()).isEqualTo(20);
    assertThat(site.outbox())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.message().topic())
                    .hasToString("org.fedoraproject.prod.mts.build.tag.unmatched"));
    site.retry();
    assertThat(site.waiting()).isZero();
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void troubles_whileTheHubIsDown_sayWhySinceWhenAndForHowLong() {
    down(2);
    assertThat(site.handler().troubles()).isEmpty();
    site.take(site.build(7, "virt"), TaggingSite.START);
    pass(Duration.ofSeconds(5));
    assertThat(site.handler().troubles())
        .containsExactly(
            "Koji is down since 2026-05-04T03:02:01Z (fault 1014: database outage),"
                + " asked again at 2026-05-04T03:02:21Z");
    assertThat(outageSeconds()).isEqualTo(5);
    site.retry();
    assertThat(site.handler().troubles().get(0)).contains("since 2026-05-04T03:02:01Z");
    site.retry();
    assertThat(site.handler().troubles()).isEmpty();
    assertThat(outageSeconds()).isZero();
  }

  /** While it is being mended a hub may be gone altogether. */
  @Test
  void handle_hubSaysThatItIsDownAndThenNothing_waitsOn() {
    down(1);
    repeat(6, new HubTrouble.Cut(false));
    site.take(site.build(7, "virt"), TaggingSite.START);
    site.retry();
    site.retry();
    assertThat(site.counts()).containsEntry("wait", 3L).containsEntry("retry", 0L);
  }

  /** So do the proxies before it: they refuse, or show a page of their own. */
  @Test
  void handle_hubSaysThatItIsDownAndThenAProxyAnswers_waitsOn() {
    down(1);
    site.hub.trouble(
        "login",
        new HubTrouble.Status(403, false),
        new HubTrouble.Status(401, false),
        new HubTrouble.Status(404, false),
        new HubTrouble.Garbage("<html>We are back soon</html>", false),
        new HubTrouble.Garbage("<html>We are back soon</html>", false));
    site.take(site.build(7, "virt"), TaggingSite.START);
    for (int hour = 1; hour < 5; hour++) {
      site.retry();
    }
    assertThat(site.counts()).containsEntry("wait", 5L).containsEntry("retry", 0L);
    site.retry();
    assertThat(site.waiting()).isZero();
  }

  /** Where the hub has not said that it is down, that may be the answer to this login. */
  @Test
  void handle_proxyRefuses_countsAsAnAttempt() {
    site.hub.trouble("login", new HubTrouble.Status(403, false));
    site.take(site.build(7, "virt"), TaggingSite.START);
    assertThat(site.counts()).containsEntry("wait", 0L).containsEntry("retry", 1L);
  }

  @Test
  void handle_nobodyIsThere_waitsForAsLongAsThatLasts() throws Exception {
    URI nobody = TaggingSite.nobody(FreePorts.run(1));
    site.hubAt(nobody);
    site.start(NAME, site.settings(), Map.of());
    site.take(site.build(7, "virt"), TaggingSite.START);
    for (int hour = 1; hour < 5; hour++) {
      site.retry();
    }
    assertThat(site.counts()).containsEntry("wait", 5L).containsEntry("retry", 0L);
    assertThat(site.handler().troubles().get(0)).startsWith("Koji is down since ");
    site.hubAt(site.hub.address());
    site.restart(NAME, site.settings());
    site.retry();
    assertThat(site.waiting()).isZero();
    assertThat(site.outbox()).hasSize(2);
  }

  /** Then the hub has answered, and it is no longer for the hub that builds wait. */
  @Test
  void handle_hubRefusesTheLoginAfterwards_isDownNoMore() {
    down(1);
    site.hub.trouble("login", new HubTrouble.Fault(1002, "no such user"));
    site.take(site.build(7, "virt"), TaggingSite.START);
    site.retry();
    assertThat(site.handler().troubles()).isEmpty();
    assertThat(site.counts()).containsEntry("wait", 1L).containsEntry("retry", 1L);
    site.retry();
    assertThat(site.waiting()).isZero();
  }

  /** The hub has the task; the answer to the question for it is that it is down. */
  @Test
  void handle_hubGoesDownInTheMiddle_asksForEachTagOnce() {
    site.hub.trouble("tagBuild", new HubTrouble.None(), new HubTrouble.Fault(1014, "going down"));
    site.take(site.build(7, "virt"), TaggingSite.START);
    assertThat(site.waiting()).isEqualTo(1);
    assertThat(site.outbox()).isEmpty();
    site.retry();
    assertThat(site.waiting()).isZero();
    assertThat(site.hub.state().tasks()).isEqualTo(2);
    assertThat(site.outbox()).hasSize(2);
  }

  @Test
  void handle_tasksToFollowWhileTheHubIsDown_waits() {
    ObjectNode body = site.build(7, "virt");
    site.take(body, TaggingSite.START);
    JsonNode announced = TaggingSite.json(site.outbox().get(0).message().body());
    site.clearOutbox();
    site.hub.state().runTasks();
    site.startFollower("results");
    down(2);
    site.take("org.fedoraproject.prod.mts.build.tag.requested", announced, TaggingSite.START);
    site.retry();
    assertThat(site.counts()).containsEntry("wait", 2L);
    assertThat(site.handler().troubles()).hasSize(1);
    site.retry();
    assertThat(site.outbox()).hasSize(1);
    assertThat(site.handler().troubles()).isEmpty();
  }
}
