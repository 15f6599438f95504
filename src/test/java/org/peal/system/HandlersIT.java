package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.store.Database;
import org.peal.store.OutcomeCount;
import org.peal.testing.FreePorts;
import org.peal.testing.HandlerTemplate;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** Handlers in a node and on their own, killed at will, and what operators do with them. */
class HandlersIT {

  private static final int MESSAGES = 300;
  private static final int KILLS = 3;
  private static final String COUNTED = "org.fedoraproject.dev.count.reached";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int port = FreePorts.run(2);
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    HandlerTemplate.jar(folder);
    site.endpoints(port, port + 1);
    configure("publisher, replay, handlers");
  }

  private void configure(String parts) {
    site.file(
        "peal.yaml",
        Site.acceptor(parts, port)
            + """
            store: {path: store.db, fsync: interval}
            streams: {quiet-after: 1s}
            handlers:
              count:
                jars: count.jar
                settings: {every: 1}
              broken:
                type: log
                topics: ["#.bad"]
                retry: {first: 50ms, longest: 100ms, attempts: 3}
                settings: {file: missing/log.jsonl}
            """);
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

  private void publish(String input, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("logger", "--config", ".", "--json-lines", "--no-spool", "--print"));
    args.addAll(List.of(more));
    site.run(input, args.toArray(String[]::new)).assertExit(0);
  }

  private static String lines(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> "{\"n\":" + i + "}\n")
        .collect(Collectors.joining());
  }

  /** Returns how many outcomes a handler has in a database that may be in use. */
  static long outcomes(Path database, String handler) {
    return Database.inspect(
        database,
        snapshot ->
            snapshot.outcomes().counts().stream()
                .filter(count -> count.handler().equals(handler))
                .mapToLong(OutcomeCount::count)
                .sum());
  }

  /** Returns how many messages wait in a database to be published on a bus. */
  static long waitingInOutbox(Path database, String bus) {
    return Database.<Long>inspect(database, snapshot -> snapshot.outbox().size(bus));
  }

  private void assertCountedUpTo(int last) {
    List<JsonNode> counted = site.logged(COUNTED).stream().map(LoggerIT::json).toList();
    assertThat(counted.stream().map(json -> json.at("/msg/count").longValue()))
        .as("each message was counted once, and each count published once, in order")
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
    assertThat(counted.stream().map(json -> json.path("msg_id").asText())).doesNotHaveDuplicates();
  }

  @Test
  void shouldCommitOneOutcomeForEachMessageThoughItIsKilled() {
    long seed = new Random().nextLong();
    System.out.println("HandlersIT seed " + seed);
    Random random = new Random(seed);
    Path store = folder.resolve("store.db");
    int published = 0;
    for (int round = 0; round < KILLS; round++) {
      PealProcess node = node();
      long enough = outcomes(store, "count") + 1 + random.nextInt(MESSAGES / KILLS);
      publish(lines(published, MESSAGES / KILLS));
      published += MESSAGES / KILLS;
      await().until(() -> outcomes(store, "count") >= enough);
      node.kill();
    }
    PealProcess last = node();
    await().until(() -> outcomes(store, "count") == MESSAGES && waitingInOutbox(store, "zmq") == 0);
    last.terminate();
    last.assertExit(0);
    assertCountedUpTo(MESSAGES);
  }

  @Test
  void shouldPutAsideExplainAndHandOverAgain() throws Exception {
    PealProcess node = node();
    node.awaitErr("connected");
    PealProcess sent =
        site.run("", "logger", "--config", ".", "--topic", "bad", "--message", "x", "--print");
    sent.assertExit(0);
    String id = sent.out().get(0);
    await().until(() -> peal("dead-letters", "list").out().size() == 2);
    PealProcess list = peal("dead-letters", "list", "--json");
    JsonNode letter = LoggerIT.json(list.out().get(0));
    assertThat(letter.path("kind").asText()).isEqualTo("failed");
    assertThat(letter.path("attempts").asInt()).isEqualTo(3);
    assertThat(letter.at("/message/id").asText()).isEqualTo(id);
    assertThat(peal("explain", id).out())
        .anySatisfy(line -> assertThat(line).startsWith("broken: failed").contains("tried 3 times"))
        .anySatisfy(line -> assertThat(line).startsWith("count: done"));

    Files.createDirectories(folder.resolve("missing"));
    String number = letter.path("id").asText();
    peal("dead-letters", "retry", number).assertExit(0);
    await()
        .until(
            () -> peal("explain", id).out().stream().anyMatch(l -> l.startsWith("broken: done")));
    assertThat(folder.resolve("missing/log.jsonl")).content().contains(id);
    PealProcess unknown = peal("dead-letters", "retry", number);
    unknown.assertExit(1);
    assertThat(unknown.err().get(0)).contains("no such dead letter");

    peal("reconsume", id, "--handler", "broken").assertExit(0);
    await()
        .until(
            () ->
                peal("explain", id).out().stream()
                    .anyMatch(l -> l.contains("the file ends with it already")));
    PealProcess handlers = peal("handlers", "--json");
    handlers.assertExit(0);
    assertThat(handlers.out().stream().map(LoggerIT::json))
        .anySatisfy(
            json -> {
              assertThat(json.path("name").asText()).isEqualTo("broken");
              assertThat(json.at("/outcomes/done").asInt()).isEqualTo(1);
              assertThat(json.at("/last/msg_id").asText()).isEqualTo(id);
            });
    assertThat(peal("explain", "nothing").out()).isEmpty();
    node.terminate();
    node.assertExit(0);
  }

  @Test
  void shouldRunOnItsOwnBesideANodeAndInADryRun() {
    configure("publisher, replay");
    PealProcess node = node();
    PealProcess run = site.start("run", "count", "--config", ".");
    run.awaitErr("connected");
    PealProcess dry = site.start("run", "count", "--dry-run", "--config", ".");
    dry.awaitErr("connected");
    PealProcess second = site.start("run", "count", "--config", ".");
    second.assertExit(75);
    publish(lines(0, 5));
    Path state = folder.resolve(".local/state/peal/run");
    await().until(() -> outcomes(state.resolve("count.db"), "count") == 5);
    await().until(() -> outcomes(state.resolve("dry-run+count.db"), "count") == 5);
    await().until(() -> waitingInOutbox(state.resolve("count.db"), "zmq") == 0);
    assertThat(waitingInOutbox(state.resolve("dry-run+count.db"), "zmq")).isZero();
    for (PealProcess process : List.of(run, dry, node)) {
      process.terminate();
      process.assertExit(0);
    }
    assertCountedUpTo(5);
  }
}
