package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Dnsmasq;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** A node that accepts and gives again, and {@code peal replay} that asks it, as processes. */
class ReplayIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int port = FreePorts.run(2);
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    site.file(
        "endpoints.d/site.yaml", "replay_endpoints: {test.host: '%s'}\n".formatted(address()));
    configure("publisher, replay", "", "");
  }

  private String address() {
    return "tcp://127.0.0.1:" + (port + 1);
  }

  private void configure(String parts, String replay, String store) {
    site.file(
        "peal.yaml",
        Site.acceptor(parts, port, replay) + "store: {path: store.db%s}\n".formatted(store));
  }

  private PealProcess node() {
    PealProcess node = site.start("node", "--config", ".");
    node.awaitErr("(replay)");
    return node;
  }

  /** Publishes numbers from 1 on through the node and returns the ids that it gave them. */
  private List<String> publish(int count) {
    String lines =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "{\"n\":" + i + "}\n")
            .collect(Collectors.joining());
    PealProcess logger =
        site.run(lines, "logger", "--config", ".", "--json-lines", "--print", "--no-spool");
    logger.assertExit(0);
    assertThat(logger.out()).hasSize(count);
    return logger.out();
  }

  private PealProcess replay(String... more) {
    return replayFrom("test.host", more);
  }

  private PealProcess replayFrom(String from, String... more) {
    List<String> args =
        new ArrayList<>(List.of("replay", "--config", ".", "--from", from, "--timeout", "60"));
    args.addAll(List.of(more));
    return site.run("", args.toArray(String[]::new));
  }

  private static List<Long> ids(PealProcess replay) {
    return replay.out().stream()
        .map(line -> LoggerIT.json(line).path("seq_id").longValue())
        .toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static void assertGives(PealProcess replay, List<Long> ids) {
    replay.assertExit(0);
    assertThat(ids(replay)).isEqualTo(ids);
    assertThat(replay.err()).isEmpty();
  }

  @Test
  void shouldGiveWhatWasAcceptedInEveryWayOfAsking() {
    PealProcess node = node();
    List<String> published = publish(30);

    PealProcess all = replay("--seq", "1:");
    assertGives(all, range(1, 30));
    assertThat(all.out().stream().map(line -> LoggerIT.json(line).path("msg_id").textValue()))
        .isEqualTo(published);
    assertThat(all.out().stream().map(line -> LoggerIT.json(line).at("/msg/n").longValue()))
        .isEqualTo(range(1, 30));
    assertGives(replay("--seq", "5:9"), range(5, 9));
    assertGives(replay("--seq", "7"), range(7, 7));
    assertGives(replay("--id", published.get(2), published.get(0)), List.of(1L, 3L));
    assertGives(replay("--since", "2h"), range(1, 30));
    assertGives(replay("--until", "2h"), List.of());
    assertGives(replayFrom(address(), "--seq", "30:"), range(30, 30));

    node.terminate();
    node.assertExit(0);
    assertThat(node.err())
        .anyMatch(
            line -> line.contains("replay: 7 questions, 69 messages given, 0 refused, 0 failed"));
  }

  @Test
  void shouldEndWith1WhenSomethingWasNeverThere() {
    node();
    publish(3);
    PealProcess later = replay("--seq", "2:5");
    later.assertExit(1);
    assertThat(ids(later)).isEqualTo(range(2, 3));
    assertThat(later.err())
        .containsExactly("peal replay: not in the log, which ends at 3: sequence ids 4 to 5");
    PealProcess unknown = replay("--id", "2026-00000000-0000-4000-8000-000000000000");
    unknown.assertExit(1);
    assertThat(unknown.err().get(0)).contains("not in the log: 2026-00000000");
  }

  @Test
  void shouldEndWith1WhenRetentionTookSomething() {
    configure("publisher, replay", "", ", retention: {messages: 10}");
    node();
    publish(50);
    await().atMost(LONG).until(() -> ids(replay("--seq", "1:")).equals(range(41, 50)));
    PealProcess cut = replay("--seq", "35:45");
    cut.assertExit(1);
    assertThat(ids(cut)).isEqualTo(range(41, 45));
    assertThat(cut.err()).containsExactly("peal replay: gone from the log: sequence ids 35 to 40");
    PealProcess since = replay("--since", "2h");
    since.assertExit(1);
    assertThat(since.err().get(0)).contains("gone from the log: what was sent before");
    assertGives(replay("--seq", "41:50"), range(41, 50));
  }

  @Test
  void shouldEndWith69WhenNobodyAnswers() {
    PealProcess nobody =
        site.run("", "replay", "--from", address(), "--seq", "1", "--timeout", "2");
    nobody.assertExit(69);
    assertThat(String.join("\n", nobody.err())).contains(address());
    PealProcess unknown = replayFrom("other.host", "--seq", "1");
    unknown.assertExit(78);
    assertThat(unknown.err().get(0)).contains("known: test.host");
  }

  @Test
  void shouldKeepTheLogAndItsIdentityWhenKilled() {
    List<String> published = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      PealProcess node = node();
      published.addAll(publish(20));
      node.signal("KILL");
      node.awaitExit();
    }
    node();
    PealProcess all = replay("--seq", "1:");
    assertGives(all, range(1, 40));
    List<JsonNode> messages = all.out().stream().map(LoggerIT::json).toList();
    assertThat(messages.stream().map(json -> json.path("msg_id").textValue())).isEqualTo(published);
    assertThat(header(messages, "peal-stream")).hasSize(1).doesNotContain("");
    assertThat(header(messages, "peal-run")).hasSize(2);
  }

  private static Set<String> header(List<JsonNode> messages, String name) {
    return messages.stream()
        .map(json -> json.path("headers").path(name).asText())
        .collect(Collectors.toSet());
  }

  @Test
  void shouldGiveAnOldLogWithoutAPublisher() {
    PealProcess node = node();
    publish(5);
    node.terminate();
    node.assertExit(0);
    configure("replay", "", "");
    node();
    assertGives(replay("--seq", "1:"), range(1, 5));
  }

  @Test
  void shouldReloadWithoutLosingTheLog() {
    PealProcess node = node();
    publish(5);
    configure("publisher, replay", ", max-messages: 2", ", retention: {messages: 3}");
    node.signal("HUP");
    node.awaitErr("replay: runs with its new settings");
    assertThat(node.awaitErr("store: ")).endsWith("store: changes only with a restart");
    assertThat(node.err()).noneMatch(line -> line.contains("publisher: runs with its new"));
    assertGives(replay("--seq", "1:"), range(1, 5));
  }

  @Test
  void shouldSayWhyItCannotStart() {
    PealProcess first = node();
    configure("replay", "", "");
    site.file(
        "other.yaml",
        "node: {parts: [replay], submit: other.sock}\nreplay: {in: '%s'}\nstore: {path: o.db}\n"
            .formatted(address()));
    PealProcess second = site.run("", "node", "--config", "other.yaml");
    second.assertExit(73);
    assertThat(String.join("\n", second.err())).contains("replay cannot start", "set replay.in");
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void shouldTryTheAlternativesOfADomain() {
    Dnsmasq.assumeInstalled();
    node();
    publish(4);
    int dns = Dnsmasq.freePort();
    processes.add(
        Dnsmasq.start(
            dns,
            // The first in order is nobody's; the second is the node.
            "srv-host=_fedmsg-replay._tcp.example.test,a.example.test,%d,1".formatted(closed()),
            "srv-host=_fedmsg-replay._tcp.example.test,a.example.test,%d,2".formatted(port + 1),
            "srv-host=_fedmsg._tcp.example.test,a.example.test,%d,1".formatted(port),
            "address=/a.example.test/127.0.0.1"));
    site.file(
        "peal.yaml",
        "dns: {domains: [example.test], resolver: '127.0.0.1:%d'}\ncrypto: {ca: ca.crt, crl: crl.pem}\n"
            .formatted(dns));
    assertGives(replayFrom("example.test", "--seq", "1:"), range(1, 4));
  }

  /** Returns a port on which nobody listens. */
  private static int closed() {
    return FreePorts.run(1);
  }

  @Test
  void shouldShowProgressOnATerminalOnly() {
    assumeTrue(site.shell("command -v script").awaitExit() == 0, "script is not installed");
    configure("publisher, replay", ", max-messages: 2", "");
    node();
    publish(9);
    PealProcess piped = replay("--seq", "1:");
    assertGives(piped, range(1, 9));

    Shell terminal =
        site.shell(
            "script -qec 'peal replay --config . --from test.host --seq 1: >given' /dev/null"
                + " </dev/null");
    assertThat(terminal.awaitExit()).as(terminal::toString).isZero();
    String shown = new String(terminal.outBytes(), StandardCharsets.UTF_8);
    assertThat(shown).contains("\r2 messages, at 2 of 9\u001b[K");
    assertThat(shown).endsWith("\r\u001b[K");
  }
}
