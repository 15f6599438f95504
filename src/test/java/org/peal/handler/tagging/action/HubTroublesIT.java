package org.peal.handler.tagging.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.handler.tagging.Compat;
import org.peal.message.MessageId;
import org.peal.testing.HubTrouble;

/** What a hub, the Module Build Service and rules in trouble do to the handling of a build. */
class HubTroublesIT {

  private static final String NAME = "tagging";
  private static final String NVR = "virt-el8-1.c1";
  private static final String TWIN = "virt-devel-el8-1.c1";
  private static final String RULES =
      "- {id: one, type: module, rule: {name: ^virt$}, destinations: [f29, f30]}\n";

  @TempDir Path folder;

  private TaggingSite site;
  private ObjectNode body;

  @BeforeEach
  void open() throws Exception {
    site = new TaggingSite(folder);
    site.rules(RULES);
    site.hub.state().addTag("f29");
    site.hub.state().addTag("f30");
    body = site.build(7, "virt");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void start() {
    site.start(NAME, site.settings(), Map.of());
  }

  private void take() {
    site.take(body, TaggingSite.START);
  }

  private void retryUntilDone() {
    await()
        .until(
            () -> {
              site.hub.state().runTasks();
              site.retry();
              return site.waiting() == 0;
            });
    site.hub.state().runTasks();
  }

  /** Each fault that may pass, and each way of an answer to get lost, before and after the deed. */
  static List<List<HubTrouble>> passing() {
    Stream<HubTrouble> faults =
        IntStream.of(1, 1001, 1006, 1014).mapToObj(code -> new HubTrouble.Fault(code, "later"));
    Stream<HubTrouble> others =
        Stream.of(
            new HubTrouble.Fault(1002, "Invalid session"),
            new HubTrouble.Fault(1007, "session has expired"),
            new HubTrouble.Fault(1008, "9 > 8"),
            new HubTrouble.Fault(1023, "no ticket"),
            new HubTrouble.Status(500, false),
            new HubTrouble.Status(503, true),
            new HubTrouble.Cut(false),
            new HubTrouble.Cut(true),
            new HubTrouble.Garbage("<html>", false),
            new HubTrouble.Garbage("<methodResponse>", true),
            new HubTrouble.Silence(),
            new HubTrouble.Expiry(),
            new HubTrouble.Amnesia());
    return Stream.concat(faults, others)
        .flatMap(one -> Stream.of(List.of(one), List.of(one, one, one, one, one)))
        .filter(list -> list.size() == 1 || !(list.get(0) instanceof HubTrouble.Silence))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("passing")
  void handle_troubleThatPasses_endsWithEachTagOnce(List<HubTrouble> troubles) {
    site.hub.trouble("tagBuild", new HubTrouble.None());
    site.hub.trouble("tagBuild", troubles.toArray(HubTrouble[]::new));
    start();
    take();
    retryUntilDone();
    assertThat(site.hub.state().tagsOf(NVR)).containsExactlyInAnyOrder("f29", "f30");
    assertThat(site.hub.state().tagsOf(TWIN)).containsExactlyInAnyOrder("f29", "f30");
    for (String tag : List.of("f29", "f30")) {
      assertThat(site.hub.state().tasksFor(tag, NVR)).hasSize(1);
      assertThat(site.hub.state().tasksFor(tag, TWIN)).hasSize(1);
    }
    assertThat(site.outbox()).hasSize(2);
    assertThat(site.outbox().get(0).message().body()).doesNotContain("error");
  }

  @Test
  void handle_refusedForGood_isAnnouncedWithTheHubsText() {
    site.hub.state().lock("f29");
    start();
    take();
    JsonNode tags = announced(0).get("destination_tags");
    assertThat(tags.get(0).get("error").textValue()).isEqualTo("tag is locked");
    assertThat(tags.get(0).get("task_id").isNull()).isTrue();
    assertThat(tags.get(1).get("task_id").longValue())
        .isEqualTo(site.hub.state().tasksFor("f30", NVR).get(0));
    assertThat(site.decisions(Map.of("tag", "f29"))).hasSize(1);
  }

  private JsonNode announced(int index) {
    return TaggingSite.json(site.outbox().get(index).message().body());
  }

  @Test
  void handle_tagThereAlready_isAnnouncedAsSuch() {
    start();
    take();
    site.hub.state().runTasks();
    ObjectNode again = body.deepCopy();
    again.put("state_name", "done");
    site.rules(RULES.replace("{name: ^virt$}", "{name: ^virt$, build_state: done}"));
    site.restart(NAME, site.settings());
    site.take(again, TaggingSite.START);
    JsonNode tag = announced(2).at("/destination_tags/0");
    assertThat(tag.get("already_tagged").booleanValue()).isTrue();
    assertThat(tag.get("task_id").isNull()).isTrue();
    assertThat(site.hub.state().tasks()).isEqualTo(4);
  }

  @Test
  void handle_sameBuildAndStateByAnotherMessage_asksNothing() {
    start();
    take();
    int calls = site.hub.seen("multiCall").size();
    take();
    assertThat(site.hub.seen("multiCall")).hasSize(calls);
    assertThat(site.counts()).containsEntry("duplicate", 1L);
  }

  @Test
  void handle_buildComesLate_waitsForIt() {
    body = site.build(8, "late").put("name", "slow");
    site.module(8, "slow", Optional.of("data: {name: slow}"));
    site.rules("- {id: all, type: module, destinations: f29}\n");
    start();
    take();
    assertThat(site.waiting()).isEqualTo(1);
    assertThat(site.outbox()).isEmpty();
    site.hub.state().addBuild("slow-el8-1.c1");
    site.hub.state().addBuild("slow-devel-el8-1.c1");
    retryUntilDone();
    assertThat(site.outbox()).hasSize(2);
  }

  @Test
  void handle_buildNeverComes_isRefusedAfterTheGrace() {
    body = site.build(8, "late").put("name", "gone");
    site.module(8, "gone", Optional.of("data: {name: gone}"));
    site.rules("- {id: all, type: module, destinations: f29}\n");
    start();
    take();
    retryUntilDone();
    assertThat(announced(0).at("/destination_tags/0/error").textValue())
        .isEqualTo("No such build: 'gone-el8-1.c1'");
  }

  @Test
  void handle_loginRefused_holdsTheMessageUntilItIsMended() {
    site.hub.state().addUser("peter", "another");
    start();
    take();
    assertThat(site.waiting()).isEqualTo(1);
    assertThat(site.outbox()).isEmpty();
    site.hub.state().addUser("peter", "secret");
    retryUntilDone();
    assertThat(site.outbox()).hasSize(2);
  }

  @Test
  void handle_triedAsOftenAsAllowed_isOnRecordAndNotAnnounced() {
    site.hub.state().addUser("peter", "another");
    start();
    take();
    await()
        .until(
            () -> {
              site.retry();
              return site.waiting() == 0;
            });
    assertThat(site.outbox()).isEmpty();
    assertThat(site.decisions(Map.of("nvr", NVR, "tag", "f29")))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.get("ending").textValue()).isEqualTo(DecisionRecord.FAILED);
              assertThat(one.get("problem").textValue()).contains("invalid username or password");
              assertThat(one.at("/matched_rule/id").textValue()).isEqualTo("one");
              assertThat(one.get("published")).isEmpty();
            });
  }

  @Test
  void handle_handlersOfOtherNames_announceUnderTheSameIds() {
    start();
    take();
    List<MessageId> first = ids();
    site.clearOutbox();
    site.restart("another", site.settings());
    take();
    assertThat(first).hasSize(2).doesNotHaveDuplicates().isEqualTo(ids());
  }

  @Test
  void handle_anotherAnswerOfTheHub_isAnnouncedUnderAnotherId() {
    start();
    take();
    List<MessageId> first = ids();
    site.clearOutbox();
    site.hub.state().forgetTasks();
    site.hub.state().lock("f29");
    site.restart("another", site.settings());
    take();
    assertThat(ids()).hasSize(2).doesNotContainAnyElementsOf(first);
  }

  private List<MessageId> ids() {
    return site.outbox().stream().map(row -> row.message().id()).toList();
  }

  @Test
  void handle_serviceInTrouble_holdsTheMessage() {
    site.mbs.status(503);
    start();
    take();
    assertThat(site.waiting()).isEqualTo(1);
    site.mbs.status(404);
    site.retry();
    assertThat(site.waiting()).isEqualTo(1);
    site.mbs.status(200);
    retryUntilDone();
    assertThat(site.outbox()).hasSize(2);
  }

  @Test
  void handle_rulesNotThereYet_holdsTheMessage() {
    String address = site.mbs.address().resolve("/rules.yaml").toString();
    site.start(NAME, site.settings(Compat.PEAL, address), Map.of());
    take();
    assertThat(site.waiting()).isEqualTo(1);
    assertThat(site.hub.state().tasks()).isZero();
  }

  @Test
  void handle_modulemdOfNoUse_isPutAside() {
    site.module(7, "virt", Optional.empty());
    start();
    take();
    assertThat(site.waiting()).isZero();
    assertThat(site.counts()).containsEntry("drop", 1L);
    assertThat(site.decisions())
        .singleElement()
        .satisfies(one -> assertThat(one.get("problem").textValue()).contains("none for this"));
  }

  @Test
  void handle_handedOverAgainAfterASuddenEnd_announcesTheSameUnderTheSameIds() {
    start();
    site.hub.trouble("tagBuild", new HubTrouble.None(), new HubTrouble.Fault(1001, "locked"));
    site.hub.trouble("tagBuild", new HubTrouble.Fault(1001, "locked"));
    take();
    site.restart(NAME, site.settings());
    retryUntilDone();
    List<MessageId> ids = ids();
    assertThat(ids).hasSize(2).doesNotHaveDuplicates();
    assertThat(site.decisions().get(0).get("published"))
        .extracting(JsonNode::textValue)
        .containsExactlyElementsOf(ids.stream().map(MessageId::value).toList());
  }

  @Test
  void handle_dryRun_touchesNothingAndRecordsWhatItWouldDo() {
    site.start(NAME, site.settings(), Map.of("MTS_DRY_RUN", "true"));
    take();
    assertThat(site.hub.seen("login")).isEmpty();
    assertThat(site.outbox()).isEmpty();
    assertThat(site.decisions(Map.of("nvr", TWIN, "rule", "one")))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.get("dry_run").booleanValue()).isTrue();
              assertThat(one.get("destination_tags")).hasSize(2);
            });
  }

  @Test
  void handle_dryRunZero_isNone() {
    site.start(NAME, site.settings(), Map.of("MTS_DRY_RUN", "0"));
    take();
    assertThat(site.outbox()).hasSize(2);
  }

  @Test
  void handle_twinOnlyIfThere_isNotAskedForWhereThereIsNone() {
    body = site.build(9, "solo");
    site.rules("- {id: all, type: module, destinations: f29}\n");
    site.hub.state().removeBuild("solo-devel-el8-1.c1");
    TaggingHandlerSettings usual = site.settings();
    TaggingHandlerSettings careful =
        new TaggingHandlerSettings(
            usual.rulesFileUrl(),
            usual.mbsApiUrl(),
            Duration.ofSeconds(20),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            usual.kojiConfig(),
            DevelTwin.IF_THERE,
            null,
            "org.example.mts");
    site.start(NAME, careful, Map.of());
    take();
    assertThat(site.outbox())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.message().topic())
                    .hasToString("org.example.mts.build.tag.requested"));
  }
}
