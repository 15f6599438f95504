package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal tail --durable} beside a node that accepts, each killed at will, as processes. */
class DurableTailIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int port = FreePorts.run(2);
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    site.endpoints(port, port + 1);
    configure("");
  }

  private void configure(String store) {
    site.file(
        "peal.yaml",
        Site.acceptor("publisher, replay", port)
            + """
            store: {path: store.db%s}
            streams: {quiet-after: 2s, patience: 2s}
            """
                .formatted(store));
  }

  private PealProcess node() {
    PealProcess node = site.start("node", "--config", ".");
    node.awaitErr("(replay)");
    return node;
  }

  private PealProcess tail(String... more) {
    List<String> args = new ArrayList<>(List.of("tail", "--config", ".", "--durable", "t"));
    args.addAll(List.of(more));
    return site.start(args.toArray(String[]::new));
  }

  private static String lines(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> "{\"n\":" + i + "}\n")
        .collect(Collectors.joining());
  }

  private void publish(int first, int count) {
    PealProcess logger =
        site.run(lines(first, count), "logger", "--config", ".", "--json-lines", "--no-spool");
    logger.assertExit(0);
  }

  private static List<Long> ids(PealProcess tail) {
    return tail.out().stream()
        .map(LoggerIT::json)
        .map(json -> json.path("seq_id"))
        .map(JsonNode::longValue)
        .toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static void awaitId(PealProcess tail, long id) {
    await().until(() -> ids(tail).contains(id));
  }

  @Test
  void shouldGoOnAfterAKillWithWhatWasPublishedMeanwhile() {
    node();
    publish(1, 5);
    PealProcess first = tail("--from-beginning");
    awaitId(first, 5);
    publish(6, 5);
    awaitId(first, 10);
    first.terminate();
    first.assertExit(143);
    assertThat(ids(first)).isEqualTo(range(1, 10));
    publish(11, 20);

    PealProcess second = tail();
    awaitId(second, 30);
    publish(31, 5);
    awaitId(second, 35);
    second.kill();
    assertThat(ids(second)).isEqualTo(range(11, 35));
    assertThat(second.err()).noneMatch(line -> line.contains("lost"));
  }

  @Test
  void shouldBeginNow_andRememberThatEvenIfNothingCameBeforeTheKill() {
    node();
    publish(1, 5);
    long second = Instant.now().getEpochSecond();
    await().until(() -> Instant.now().getEpochSecond() > second + 1);
    PealProcess first = tail();
    first.awaitErr("test.host");
    first.kill();
    publish(6, 3);
    PealProcess next = tail("--count", "3");
    next.assertExit(0);
    assertThat(ids(next)).isEqualTo(range(6, 8));
    publish(9, 1);
    PealProcess last = tail("--count", "1");
    last.assertExit(0);
    assertThat(ids(last)).isEqualTo(range(9, 9));
  }

  @Test
  void shouldMissNothingWhenTheNodeIsKilledAndStartedAnew() {
    PealProcess node = node();
    PealProcess tail = tail("--from-beginning");
    publish(1, 20);
    node.kill();
    node();
    publish(21, 20);
    awaitId(tail, 40);
    assertThat(ids(tail)).isEqualTo(range(1, 40));
    assertThat(tail.err()).noneMatch(line -> line.contains("lost"));
  }

  @Test
  void shouldMissNothingWhenKilledAgainAndAgain() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    node();
    PealProcess logger = site.start("logger", "--config", ".", "--json-lines", "--no-spool");
    TreeSet<Long> all = new TreeSet<>();
    for (int round = 0; round < 5; round++) {
      PealProcess tail = tail("--from-beginning");
      logger.write(lines(60 * round, 40).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      int wanted = 1 + random.nextInt(40);
      await().until(() -> tail.out().size() >= wanted);
      tail.kill();
      logger.write(lines(60 * round + 40, 20).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(ids(tail)).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
      all.addAll(ids(tail));
    }
    logger.finish(0);
    PealProcess last = tail();
    awaitId(last, 300);
    assertThat(ids(last)).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
    all.addAll(ids(last));
    assertThat(all).as("seed %d", seed).containsExactlyElementsOf(range(1, 300));
  }

  @Test
  void shouldReportExactlyWhatRetentionTook() {
    configure(", retention: {messages: 10}");
    node();
    PealProcess first = tail("--from-beginning", "--count", "5");
    publish(1, 5);
    first.assertExit(0);
    publish(6, 35);
    await()
        .until(
            () -> {
              PealProcess kept =
                  site.run("", "replay", "--config", ".", "--from", "test.host", "--seq", "1:");
              return ids(kept).equals(range(31, 40));
            });
    PealProcess second = tail("--count", "10");
    second.assertExit(0);
    assertThat(ids(second)).isEqualTo(range(31, 40));
    assertThat(second.err())
        .contains("peal tail: lost: sequence ids 6..30 of test.host: its log no longer has them");
    PealProcess losses = site.run("", "losses", "--config", ".", "--json");
    losses.assertExit(1);
    assertThat(losses.out())
        .singleElement()
        .asString()
        .contains("\"first\":6,", "\"last\":30,", "\"publisher\":\"test.host\"", "no longer has")
        .contains("\"missed_by\":\"tail t\"");
    PealProcess named = site.run("", "losses", "--config", ".", "--json", "--durable", "t");
    named.assertExit(1);
    assertThat(named.out()).isEqualTo(losses.out());
  }

  @Test
  void shouldKeepAGapOpenWhileNoLogAnswers_andFillItLate() {
    node();
    PealProcess first = tail("--from-beginning", "--count", "5");
    publish(1, 5);
    first.assertExit(0);
    publish(6, 3);
    site.endpoints(port, FreePorts.run(1));
    PealProcess tail = tail();
    tail.awaitErr("test.host");
    // What comes live shows the gap.
    publish(9, 1);
    awaitId(tail, 9);
    tail.awaitErr("missing, and asked for again and again: sequence ids 6..8 of test.host");
    assertThat(ids(tail)).containsExactly(9L);
    PealProcess open = site.run("", "losses", "--config", ".", "--json");
    open.assertExit(1);
    assertThat(open.out())
        .singleElement()
        .asString()
        .contains("\"state\":\"open\"", "\"first\":6,", "\"last\":8,", "did not answer in time");

    site.endpoints(port, port + 1);
    tail.awaitErr("late: 3 messages of test.host, sequence ids 6..8, after what follows them");
    // What was said on the other stream may be read before them.
    awaitId(tail, 8);
    assertThat(ids(tail)).containsExactly(9L, 6L, 7L, 8L);
    publish(10, 1);
    awaitId(tail, 10);
    tail.terminate();
    tail.assertExit(143);
    PealProcess none = site.run("", "losses", "--config", ".");
    none.assertExit(0);
  }

  @Test
  void shouldMoveOverMessagesThatAreNotMeant() {
    node();
    publish(1, 3);
    PealProcess tail = tail("--from-beginning", "--topic", "none.of.these");
    PealProcess other = site.run("", "cursor", "list", "--config", ".", "--json");
    while (!other.out().toString().contains("\"seq_id\":3")) {
      assertThat(tail.isAlive()).isTrue();
      other = site.run("", "cursor", "list", "--config", ".", "--json");
    }
    assertThat(tail.out()).isEmpty();
  }

  @Test
  void shouldLetOneProcessHaveAName() {
    node();
    PealProcess first = tail("--from-beginning");
    publish(1, 1);
    awaitId(first, 1);
    PealProcess second = tail();
    second.assertExit(75);
    assertThat(second.err()).anyMatch(line -> line.contains("t.db") && line.contains("in use"));
    PealProcess set = site.run("", "cursor", "set", "--config", ".", "t", "test.host", "beginning");
    set.assertExit(75);
  }

  @Test
  void shouldSetCursors() {
    node();
    publish(1, 10);
    PealProcess first = tail("--from-beginning", "--count", "10");
    first.assertExit(0);

    site.run("", "cursor", "set", "--config", ".", "t", "test.host", "7").assertExit(0);
    PealProcess again = tail("--count", "3");
    again.assertExit(0);
    assertThat(ids(again)).isEqualTo(range(8, 10));

    publish(11, 5);
    site.run("", "cursor", "set", "--config", ".", "t", "test.host", "now").assertExit(0);
    publish(16, 1);
    PealProcess now = tail("--count", "1");
    now.assertExit(0);
    assertThat(ids(now)).isEqualTo(range(16, 16));

    site.run("", "cursor", "set", "--config", ".", "t", "test.host", "beginning").assertExit(0);
    PealProcess list = site.run("", "cursor", "list", "--config", ".", "--durable", "t", "--json");
    list.assertExit(0);
    assertThat(LoggerIT.json(list.out().get(0)).path("seq_id").longValue()).isZero();
    PealProcess unknown = site.run("", "cursor", "set", "--config", ".", "t", "nobody", "7");
    unknown.assertExit(1);
    assertThat(unknown.err().get(0)).contains("nobody");
  }
}
