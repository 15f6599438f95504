package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.peal.Threads;
import org.peal.store.Database;
import org.peal.store.DecisionQuery;
import org.peal.testing.FakeHub;
import org.peal.testing.FakeMbs;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * A place where numbered module builds are tagged: a hub whose tasks take a moment, a Module Build
 * Service, rules that give each build two tags, and the configuration for nodes. Used by the test's
 * thread.
 */
public final class ModuleSite implements AutoCloseable {

  /** The topic of the messages that a build is ready. */
  public static final String TOPIC = "org.fedoraproject.dev.mbs.module.state.change";

  private static final String REQUESTED = "org.fedoraproject.dev.mts.build.tag.requested";
  private static final List<String> TAGS = List.of("f29", "f30");
  private static final int MOST = 100_000;
  private static final int TASK_MILLIS = 300;

  private final Site site;
  private final FakeHub hub = new FakeHub();
  private final FakeMbs mbs = new FakeMbs();
  private final int port = FreePorts.run(3);
  private final ScheduledExecutorService builders =
      new ScheduledThreadPoolExecutor(1, Threads.factory("builders"));

  /** Makes a site whose files are in a folder. */
  public ModuleSite(Path folder, Processes processes) {
    hub.state().addUser("mts", "secret");
    TAGS.forEach(hub.state()::addTag);
    builders.scheduleWithFixedDelay(
        hub.state()::runTasks, TASK_MILLIS, TASK_MILLIS, TimeUnit.MILLISECONDS);
    site = new Site(folder, processes);
    site.endpoints(port, port + 1);
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
  }

  /** Returns the folder with its files and commands. */
  public Site site() {
    return site;
  }

  public FakeHub hub() {
    return hub;
  }

  FakeMbs mbs() {
    return mbs;
  }

  /** Configures the node that accepts messages and has the log. */
  public void configure(String parts, String handlers) {
    site.file(
        "peal.yaml",
        Site.acceptor(parts, port)
            + """
            store: {path: store.db}
            streams: {quiet-after: 1s}
            handlers: {%s}
            """
                .formatted(handlers));
  }

  /** Configures a node in a folder of its own that only runs handlers. */
  void configureFollower(String name, String more) {
    site.beside(name, "node: {parts: [handlers], submit: ../node.sock}\n" + more);
  }

  /** Returns the section of a handler that tags, with more keys. */
  public String handler(String name, String more) {
    return ("%s: {type: tagging, retry: {first: 100ms, longest: 1s}, %s settings: {rules-file-url:"
            + " '%s', mbs-api-url: '%s', koji-config: '%s'}}")
        .formatted(name, more, site.folder().resolve("rules.yaml"), mbs.address(), site.folder());
  }

  /** Starts the node that accepts messages, and waits until it does. */
  public PealProcess startNode() {
    PealProcess node = site.start("node", "--config", ".");
    node.awaitErr("(submit)");
    return node;
  }

  /** Gives nodes that accept messages a status page from now on; returns its port. */
  public int showStatus() {
    int pages = port + 2;
    site.file("conf.d/status.yaml", "status: {address: '127.0.0.1:%d'}\n".formatted(pages));
    return pages;
  }

  /** Waits until the node, which has a status page, is ready. */
  public void awaitReady() {
    StatusIT.awaitReady(port + 2, "200 ");
  }

  /** Has builds in the Module Build Service and in the hub. */
  public void build(int first, int count) {
    for (int number = first; number < first + count; number++) {
      ObjectNode build = body(number);
      build.put(
          "modulemd", "data: {name: m%d, stream: el8, version: 1, context: c1}".formatted(number));
      mbs.put(number, build.toString());
      nvrs(number).forEach(hub.state()::addBuild);
    }
  }

  /** Returns the body of the message that a build is ready. */
  public static ObjectNode body(int number) {
    ObjectNode body = (ObjectNode) LoggerIT.json("{\"stream\":\"el8\",\"version\":\"1\"}");
    body.put("id", number).put("name", "m" + number).put("context", "c1");
    return body.put("state_name", "ready");
  }

  static List<String> nvrs(int number) {
    return List.of("m" + number + "-el8-1.c1", "m" + number + "-devel-el8-1.c1");
  }

  /** Returns the names of the first so many builds and their twins in Koji. */
  public static List<String> allNvrs(int builds) {
    return IntStream.range(0, builds).boxed().flatMap(number -> nvrs(number).stream()).toList();
  }

  /** Builds, and publishes that they are ready. */
  void publish(int first, int count) {
    build(first, count);
    String input =
        IntStream.range(first, first + count)
            .mapToObj(number -> body(number) + "\n")
            .collect(Collectors.joining());
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

  /** Tells whether a store has decisions about so many builds, and nothing more to publish. */
  public boolean isDone(String store, int builds) {
    return Database.<Integer>inspect(
                site.folder().resolve(store),
                s -> s.decisions().find(DecisionQuery.newest(MOST)).size())
            == builds
        && isOutboxEmpty(store);
  }

  /** Tells whether a store has nothing more to publish. */
  boolean isOutboxEmpty(String store) {
    return Database.<Long>inspect(
            site.folder().resolve(store), s -> s.outbox().size("zmq") + s.outbox().size("amqp"))
        == 0;
  }

  /** Asserts that the hub has each tag on each build once, and had to be asked so often for it. */
  public void assertTagged(int builds, int mostTasks) {
    hub.state().runTasks();
    allNvrs(builds)
        .forEach(
            nvr -> {
              assertThat(hub.state().tagsOf(nvr)).as(nvr).containsExactlyInAnyOrderElementsOf(TAGS);
              for (String tag : TAGS) {
                assertThat(hub.state().tasksFor(tag, nvr))
                    .as("tasks for %s on %s", tag, nvr)
                    .hasSizeBetween(1, mostTasks);
              }
            });
  }

  /**
   * Asserts that what was announced is there, under one id for each build, without refusals and
   * signed; the node has ended.
   */
  public void assertAnnounced(int builds) {
    List<String> sent = site.logged(REQUESTED);
    List<JsonNode> messages = sent.stream().map(LoggerIT::json).toList();
    assertThat(messages.stream().map(json -> json.path("msg_id").asText())).doesNotHaveDuplicates();
    assertThat(messages.stream().map(json -> json.at("/msg/nvr").asText()))
        .containsExactlyInAnyOrderElementsOf(allNvrs(builds));
    assertThat(sent).noneMatch(line -> line.contains("\"error\""));
    PealProcess verified = peal(String.join("\n", sent) + "\n", "verify");
    verified.assertExit(0);
    assertThat(verified.out()).hasSize(2 * builds).allMatch(line -> line.contains("true"));
  }

  /** Runs a command with the configuration of the node. */
  PealProcess peal(String input, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--config", "."));
    return site.run(input, all.toArray(String[]::new));
  }

  @Override
  public void close() {
    builders.shutdownNow();
    mbs.close();
    hub.close();
  }
}
