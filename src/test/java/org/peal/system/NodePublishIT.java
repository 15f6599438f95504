package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.store.StoredMessage;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** A node that accepts, the logger that hands over, and the outbox between them, as processes. */
class NodePublishIT {

  private static final int LINES = 2000;

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;
  private int port;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    port = FreePorts.run(1);
    site.file(
        "peal.yaml",
        """
        node: {parts: [publisher], name: test.host, submit: node.sock, outbox: 100000}
        publisher: {out: ["tcp://127.0.0.1:%d"]}
        store: {path: store.db}
        crypto: {directory: ., certnames: {shell.%s: ann, git.%2$s: bob}, cert-prefix: shell}
        """
            .formatted(port, host()));
  }

  private static String host() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return name.split("\\\\.", 2)[0];
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private PealProcess node() {
    PealProcess node = site.start("node", "--config", "peal.yaml");
    node.awaitErr("(submit)");
    return node;
  }

  private PealProcess logger(String input, String... more) {
    List<String> args = new ArrayList<>(List.of("logger", "--config", "peal.yaml", "--print"));
    args.addAll(List.of(more));
    return site.run(input, args.toArray(String[]::new));
  }

  private static List<String> ids(List<StoredMessage> log) {
    return log.stream().map(row -> row.id().value()).toList();
  }

  private static void assertNoHoles(List<StoredMessage> log) {
    assertThat(log.stream().map(StoredMessage::sequenceId))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
  }

  @Test
  void shouldSignSequenceIdAndHeadersSoThatAnotherProgramVerifiesThem() {
    PythonPeer.assumeInstalled();
    PealProcess node = node();
    PythonPeer peer =
        processes.add(
            PythonPeer.start(
                "subscribe", "--connect", "tcp://127.0.0.1:" + port, "--ca", path("ca.crt")));
    // Whoever has not subscribed yet misses messages, so they come until one has arrived.
    await()
        .until(
            () -> {
              PealProcess sent = logger("", "--message", "hello");
              sent.assertExit(0);
              assertThat(sent.err()).isEmpty();
              return !peer.out().isEmpty();
            });

    JsonNode seen = LoggerIT.json(peer.out().get(0));
    assertThat(seen.path("signer").asText()).isEqualTo("ann");
    JsonNode stored =
        LoggerIT.json(new String(kill(node).get(0).payload(), StandardCharsets.UTF_8));
    assertThat(stored.path("seq_id").longValue()).isEqualTo(1);
    assertThat(stored.at("/headers/peal-name").textValue()).isEqualTo("test.host");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** Kills the node and returns its log. */
  private List<StoredMessage> kill(PealProcess node) {
    node.signal("KILL");
    node.awaitExit();
    return site.log();
  }

  @Test
  void shouldHaveWhateverItAcknowledgedThoughItWasKilled() {
    long seed = new Random().nextLong();
    System.out.println("NodePublishIT seed " + seed);
    Random random = new Random(seed);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      PealProcess node = node();
      PealProcess logger = site.start("logger", "--config", "peal.yaml", "--json-lines", "--print");
      int enough = 1 + random.nextInt(LINES / 2);
      logger.write(lines(LINES));
      logger.closeInput();
      logger.awaitOut(enough, line -> true);
      node.signal("KILL");
      logger.assertExit(0);
      assertThat(String.join("\n", logger.err())).contains("queued").contains("not yet accepted");
      acknowledged.addAll(logger.out());
      empty(acknowledged);
    }
    List<StoredMessage> log = site.log();
    assertNoHoles(log);
    assertThat(new HashSet<>(ids(log))).containsAll(acknowledged);
    // Three runs of 20,000 and the three that emptied the outbox: nothing is missing or double.
    assertThat(log).hasSize(3 * LINES + 3);
  }

  /** What was queued goes to the next node, before the message of the run that finds it. */
  private void empty(Set<String> acknowledged) {
    PealProcess node = node();
    PealProcess next = logger("", "--message", "next", "--timeout", "60");
    next.assertExit(0);
    acknowledged.addAll(next.out());
    node.signal("KILL");
    node.awaitExit();
  }

  private static byte[] lines(int count) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, count).forEach(i -> text.append("{\"n\":").append(i).append("}\n"));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldQueueInOrderWithoutANodeAndEmptyTheQueueOnce() throws IOException {
    List<String> queued = new ArrayList<>();
    for (String text : List.of("one", "two", "three")) {
      PealProcess logger = logger("", "--message", text);
      logger.assertExit(0);
      assertThat(logger.out()).isEmpty();
      assertThat(logger.err()).hasSize(1);
      assertThat(logger.err().get(0)).matches("peal logger: queued [^ ]+, not yet accepted.*");
      queued.add(logger.err().get(0).replaceAll(".*queued ([^,]+),.*", "$1"));
    }
    PealProcess node = node();
    PealProcess last = logger("", "--message", "four");
    last.assertExit(0);
    queued.addAll(last.out());
    assertThat(spool()).isEmpty();
    logger("", "--message", "five").assertExit(0);

    List<StoredMessage> log = kill(node);
    assertNoHoles(log);
    assertThat(ids(log).subList(0, 4)).isEqualTo(queued);
    assertThat(log).hasSize(5);
  }

  @Test
  void shouldTakeWhatItsOwnUserQueuedThoughNobodyElseComes() throws IOException {
    PealProcess logger = logger("1\n2\n3\n", "--json-lines");
    logger.assertExit(0);
    assertThat(spool()).hasSize(3);
    PealProcess node = node();
    await().until(() -> spool().isEmpty());
    PealProcess last = logger("", "--message", "four");
    last.assertExit(0);
    List<StoredMessage> log = kill(node);
    assertNoHoles(log);
    assertThat(log).hasSize(4);
    assertThat(log.get(3).id().value()).isEqualTo(last.out().get(0));
    assertThat(folder.resolve(".local/state/peal/outbox/refused")).doesNotExist();
  }

  private List<Path> spool() throws IOException {
    Path outbox = folder.resolve(".local/state/peal/outbox");
    if (!Files.isDirectory(outbox)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(outbox)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Test
  void shouldKeepNothingWhenAskedNotToOrFull() throws IOException {
    PealProcess unspooled = logger("", "--message", "x", "--no-spool");
    unspooled.assertExit(75);
    assertThat(unspooled.err().get(0)).contains("not accepted and not kept");
    assertThat(spool()).isEmpty();

    site.file("peal.yaml", "node: {submit: node.sock, outbox: 2}\n");
    PealProcess full = logger("1\n2\n3\n", "--json-lines");
    full.assertExit(75);
    assertThat(full.err().get(0)).contains("outbox").contains("is full");
    assertThat(spool()).isEmpty();
  }

  @Test
  void shouldSignForThePrefixAndRefuseOthers() {
    PealProcess node = node();
    logger("", "--message", "x", "--cert-prefix", "git").assertExit(0);
    PealProcess refused = logger("", "--message", "x", "--cert-prefix", "koji");
    refused.assertExit(77);
    assertThat(refused.err().get(0)).contains("koji");
    String message = new String(kill(node).get(0).payload(), StandardCharsets.UTF_8);
    PealProcess verified = site.run(message + "\n", "verify", "--ca", "ca.crt");
    verified.assertExit(0);
    assertThat(verified.out().get(0)).contains("bob");
  }

  @Test
  void shouldEndWith77WhereTheSocketIsNotForThisUser() throws IOException {
    PealProcess node = node();
    Files.setPosixFilePermissions(folder.resolve("node.sock"), Set.of());
    // Root may do without permissions, unless it gives that up.
    Shell denied =
        site.shell(
            "[ $(id -u) != 0 ] || as='setpriv --bounding-set=-dac_override"
                + " --inh-caps=-dac_override'; $as peal logger --config peal.yaml --message x");
    denied.assertExit(77);
    assertThat(denied.err())
        .singleElement()
        .asString()
        .contains("permission denied", "node.sock", "must be in its group");
    assertThat(spool()).isEmpty();
    assertThat(kill(node)).isEmpty();
  }

  @Test
  void shouldListenForItsGroupOnlyAndCleanUp() throws IOException {
    Path socket = folder.resolve("node.sock");
    PealProcess node = node();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw----");
    node.signal("KILL");
    node.awaitExit();
    assertThat(Files.exists(socket)).isTrue();
    // What the dead one left does not keep the next one away; the second one stays away.
    PealProcess next = node();
    PealProcess second = site.start("node", "--config", "peal.yaml");
    second.awaitExit();
    assertThat(String.join("\n", second.err())).contains("in use");
    next.terminate();
    next.assertExit(0);
    assertThat(Files.exists(socket)).isFalse();
  }
}
