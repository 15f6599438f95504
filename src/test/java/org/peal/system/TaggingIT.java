package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.Threads;
import org.peal.store.Database;
import org.peal.store.DecisionQuery;
import org.peal.testing.FakeHub;
import org.peal.testing.FakeMbs;
import org.peal.testing.FreePorts;
import org.peal.testing.HubTrouble;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * Module builds from the message to the tag and the announcement, on ZeroMQ, by a node that is
 * killed at will. {@code -Dpeal.tagging.kills} says how often.
 */
class TaggingIT {

  private static final int KILLS = Integer.getInteger("peal.tagging.kills", 5);
  private static final int BUILDS = 8 * KILLS;
  private static final int KILLED = 128 + 9;
  private static final String REQUESTED = "org.fedoraproject.dev.mts.build.tag.requested";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int port = FreePorts.run(2);
  private final FakeHub hub = new FakeHub();
  private final FakeMbs mbs = new FakeMbs();
  private final ScheduledExecutorService builders =
      new ScheduledThreadPoolExecutor(1, Threads.factory("builders"));
  private Site site;

  @BeforeEach
  void makeSite() {
    hub.state().addUser("mts", "secret");
    hub.state().addTag("f29");
    hub.state().addTag("f30");
    builders.scheduleWithFixedDelay(hub.state()::runTasks, 300, 300, TimeUnit.MILLISECONDS);
    site = new Site(folder, processes);
    site.file(
        "koji.conf",
        """
        [koji]
        server = %s
        authtype = password
        user = mts
        password = secret
        """
            .formatted(hub.address()));
    site.file(
        "rules.yaml",
        """
        - {id: gone, type: module, rule: {name: ^gone$}, destinations: f28}
        - {id: all, type: module, rule: {name: ^m}, destinations: [f29, f30]}
        """);
    site.endpoints(port, port + 1);
    configure("publisher, replay, handlers", "tagging");
  }

  private void configure(String parts, String... handlers) {
    StringBuilder yaml =
        new StringBuilder(Site.acceptor(parts, port))
            .append(
                """
                store: {path: store.db}
                streams: {quiet-after: 1s}
                handlers:
                """);
    for (String handler : handlers) {
      yaml.append(
          """
            %s:
              type: tagging
              retry: {first: 100ms, longest: 1s}
              settings:
                rules-file-url: rules.yaml
                mbs-api-url: %s
                koji-config: .
          """
              .formatted(handler, mbs.address()));
    }
    site.file("peal.yaml", yaml.toString());
  }

  @AfterEach
  void stop() {
    builders.shutdownNow();
    mbs.close();
    hub.close();
  }

  private PealProcess node() {
    PealProcess node = site.start("node", "--config", ".");
    node.awaitErr("(submit)");
    return node;
  }

  private PealProcess peal(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--config", "."));
    return site.run("", all.toArray(String[]::new));
  }

  private static String nvr(int number, String suffix) {
    return "m" + number + suffix + "-el8-1.c1";
  }

  private String message(int number) {
    String name = "m" + number;
    mbs.put(number, build(number, name));
    hub.state().addBuild(nvr(number, ""));
    hub.state().addBuild(nvr(number, "-devel"));
    return ("{\"id\":%d,\"name\":\"%s\",\"stream\":\"el8\",\"version\":\"1\",\"context\":\"c1\","
            + "\"state_name\":\"ready\"}\n")
        .formatted(number, name);
  }

  private static String build(int number, String name) {
    return ("{\"id\":%d,\"name\":\"%s\",\"stream\":\"el8\",\"version\":\"1\",\"context\":\"c1\","
            + "\"state_name\":\"ready\",\"modulemd\":\"data: {name: %s, stream: el8, version: 1,"
            + " context: c1}\"}")
        .formatted(number, name, name);
  }

  private void publish(int first, int count) {
    String input =
        IntStream.range(first, first + count).mapToObj(this::message).collect(Collectors.joining());
    site.run(
            input,
            "logger",
            "--config",
            ".",
            "--json-lines",
            "--no-spool",
            "--modname",
            "mbs",
            "--topic",
            "module.state.change")
        .assertExit(0);
  }

  private int decided(Path store) {
    return Database.<Integer>inspect(
        store, s -> s.decisions().find(DecisionQuery.newest(10_000)).size());
  }

  private boolean isOutboxEmpty(Path store) {
    return Database.<Long>inspect(store, s -> s.outbox().size("zmq")) == 0;
  }

  private void assertTaggedOnce(int builds) {
    for (int i = 0; i < builds; i++) {
      for (String nvr : List.of(nvr(i, ""), nvr(i, "-devel"))) {
        assertThat(hub.state().tagsOf(nvr)).as(nvr).containsExactlyInAnyOrder("f29", "f30");
        for (String tag : List.of("f29", "f30")) {
          assertThat(hub.state().tasksFor(tag, nvr)).as("tasks for %s on %s", tag, nvr).hasSize(1);
        }
      }
    }
  }

  private void assertAnnouncedOnceAndSigned(int builds) {
    List<String> sent = site.logged(REQUESTED);
    List<JsonNode> messages = sent.stream().map(LoggerIT::json).toList();
    assertThat(messages.stream().map(json -> json.path("msg_id").asText())).doesNotHaveDuplicates();
    List<String> expected = new ArrayList<>();
    IntStream.range(0, builds).forEach(i -> expected.addAll(List.of(nvr(i, ""), nvr(i, "-devel"))));
    assertThat(messages.stream().map(json -> json.at("/msg/nvr").asText()))
        .containsExactlyInAnyOrderElementsOf(expected);
    PealProcess verified =
        site.run(
            sent.stream().map(line -> line + "\n").collect(Collectors.joining()),
            "verify",
            "--config",
            ".");
    verified.assertExit(0);
    assertThat(verified.out()).hasSize(2 * builds).allMatch(line -> line.contains("true"));
  }

  @Test
  void shouldTagAndAnnounceEachBuildOnceThoughItIsKilled() {
    long seed = new Random().nextLong();
    System.out.println("TaggingIT seed " + seed);
    Random random = new Random(seed);
    Path store = folder.resolve("store.db");
    hub.trouble("tagBuild", new HubTrouble.None(), new HubTrouble.Cut(true));
    for (int round = 0; round < KILLS; round++) {
      PealProcess node = node();
      publish(round * BUILDS / KILLS, BUILDS / KILLS);
      int calls = hub.seen("tagBuild").size() + random.nextInt(4 * BUILDS / KILLS);
      int target = Math.min(calls, 4 * (round + 1) * BUILDS / KILLS - 1);
      await().until(() -> hub.seen("tagBuild").size() >= target);
      node.signal("KILL");
      node.assertExit(KILLED);
    }
    PealProcess last = node();
    await().until(() -> decided(store) == BUILDS && isOutboxEmpty(store));
    PealProcess history = peal("tagging", "history", "--nvr", nvr(1, "-devel"), "--json");
    history.assertExit(0);
    assertThat(LoggerIT.json(history.out().get(0)).at("/matched_rule/id").asText())
        .isEqualTo("all");
    assertThat(peal("tagging", "history", "--tag", "f28").out()).isEmpty();
    last.terminate();
    last.assertExit(0);
    hub.state().runTasks();
    assertTaggedOnce(BUILDS);
    assertAnnouncedOnceAndSigned(BUILDS);
  }

  @Test
  void shouldCatchUpWithBuildsThatItMissed() {
    PealProcess node = node();
    node.awaitErr("connected");
    publish(0, 1);
    Path store = folder.resolve("store.db");
    await().until(() -> decided(store) == 1);
    message(1);
    message(2);
    PealProcess dry = peal("tagging", "catch-up", "--since", "1d", "--dry-run");
    dry.assertExit(0);
    assertThat(dry.out()).containsExactly("m1:el8:1:c1 ready", "m2:el8:1:c1 ready");
    peal("tagging", "catch-up", "--since", "1d").assertExit(0);
    await().until(() -> decided(store) == 3 && isOutboxEmpty(store));
    assertThat(peal("tagging", "catch-up", "--since", "1d").out()).isEmpty();
    PealProcess changed =
        peal(
            "tagging",
            "diff",
            "rules.yaml",
            "rules.yaml",
            "--history",
            "--mbs",
            "" + mbs.address());
    changed.assertExit(0);
    assertThat(changed.err()).anyMatch(line -> line.contains("3 builds, 0 with other tags"));
    node.terminate();
    node.assertExit(0);
    hub.state().runTasks();
    assertTaggedOnce(3);
    assertAnnouncedOnceAndSigned(3);
  }

  /** Both share nothing but the hub and its user. */
  @Test
  void shouldMeasureWhatTheRulesMakeOfBuilds() {
    int pages = FreePorts.run(1);
    site.file("conf.d/status.yaml", "status: {address: '127.0.0.1:%d'}\n".formatted(pages));
    node();
    publish(0, 1);
    await()
        .untilAsserted(
            () ->
                assertThat(StatusIT.get("http://127.0.0.1:" + pages, "/metrics"))
                    .startsWith("200 ")
                    .contains(
                        "\nmatched_module_builds_total{handler=\"tagging\"} 1.0\n",
                        "\n"
                            + "peal_handler_outcomes_total{handler=\"tagging\",outcome=\"done\"}"
                            + " 1.0\n"));
  }

  @Test
  void shouldLoseNothingWhenOneOfTwoIsKilledInTheMiddle() {
    int builds = 16;
    configure("publisher, replay", "east", "west");
    PealProcess node = node();
    PealProcess east = site.start("tagging", "run", "east", "--config", ".");
    PealProcess west = site.start("run", "west", "--config", ".");
    east.awaitErr("connected");
    west.awaitErr("connected");
    publish(0, builds);
    int enough = new Random().nextInt(4 * builds);
    await().until(() -> hub.seen("tagBuild").size() >= enough);
    west.signal("KILL");
    west.assertExit(KILLED);
    Path runs = folder.resolve(".local/state/peal/run");
    await().until(() -> decided(runs.resolve("east.db")) == builds);
    await().until(() -> isOutboxEmpty(runs.resolve("east.db")));
    hub.state().runTasks();
    for (int i = 0; i < builds; i++) {
      for (String nvr : List.of(nvr(i, ""), nvr(i, "-devel"))) {
        assertThat(hub.state().tagsOf(nvr)).as(nvr).containsExactlyInAnyOrder("f29", "f30");
        assertThat(hub.state().tasksFor("f29", nvr)).hasSizeBetween(1, 2);
      }
    }
    List<String> lines = peal("tagging", "history", "--since", "1h").out();
    assertThat(lines.stream().filter(line -> line.contains("refused"))).isEmpty();
    east.terminate();
    east.assertExit(0);
    node.terminate();
    node.assertExit(0);
    assertThat(
            site.logged(REQUESTED).stream()
                .map(LoggerIT::json)
                .map(json -> json.at("/msg/nvr").asText()))
        .contains(nvr(0, ""), nvr(builds - 1, "-devel"));
  }
}
