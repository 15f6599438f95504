package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.store.StoredMessage;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** What a node says and does when its disk fails, or has failed before. */
class FailingDiskIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  private PealProcess startNode(String store) {
    int port = FreePorts.run(2);
    site.file(
        "peal.yaml",
        """
        node: {parts: [publisher], submit: node.sock}
        publisher: {out: ["tcp://127.0.0.1:%d"]}
        store: {path: store.db%s}
        status: {address: "127.0.0.1:%d"}
        """
            .formatted(port, store, port + 1));
    return site.start("node", "--config", "peal.yaml");
  }

  private PealProcess node(String store) {
    PealProcess node = startNode(store);
    node.awaitErr("status: listening");
    return node;
  }

  private PealProcess publish(String text) {
    return site.run("", "logger", "--config", "peal.yaml", "--no-spool", "--message", text);
  }

  private String status() {
    return String.join("\n", site.run("", "status", "--config", "peal.yaml").out());
  }

  /** Lets each write of a process to a file fail, as on a bad disk. */
  private void failWrites(PealProcess process) {
    site.shell("prlimit --pid %d --fsize=0:".formatted(process.pid())).assertExit(0);
  }

  @Test
  void shouldEndWithTheReasonWhenTheDiskFails_andGoOnAfterARestart() {
    PealProcess node = node("");
    publish("one").assertExit(0);

    failWrites(node);
    PealProcess refused = publish("two");
    refused.assertExit(75);
    assertThat(refused.err().get(0))
        .contains("not accepted and not kept")
        .contains("store.db")
        .contains("cannot be read or written");
    node.assertExit(70);
    assertThat(node.err())
        .anyMatch(line -> line.contains("no message is accepted before a restart"))
        .anyMatch(
            line -> line.contains("a part has failed, stopping: ") && line.contains("store.db"));

    PealProcess next = node("");
    publish("three").assertExit(0);
    next.terminate();
    next.assertExit(0);
    List<StoredMessage> log = site.log();
    assertThat(log).extracting(StoredMessage::sequenceId).containsExactly(1L, 2L);
    assertThat(text(log.get(0))).contains("one");
    assertThat(text(log.get(1))).contains("three");
  }

  private static String text(StoredMessage message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldAcceptNothingAndNotBeReadyWhileTheStoreIsFull() {
    PealProcess node = node(", max-size: 1048576");
    String input = "\"%s\"\n".formatted("x".repeat(9000)).repeat(300);
    PealProcess logger =
        site.run(input, "logger", "--config", "peal.yaml", "--json-lines", "--print", "--no-spool");
    logger.assertExit(75);
    assertThat(String.join("\n", logger.err())).contains("is full").contains("store.max-size");
    node.awaitErr("no message is accepted: ");
    // A commit fails as a whole, so that a small one behind it may still find room.
    await().until(() -> publish("x".repeat(100_000)).awaitExit() == 75);
    assertThat(status()).contains("is full");
    assertThat(status()).contains("not-ready");
    node.kill();
    List<StoredMessage> log = site.log();
    assertThat(log.stream().map(StoredMessage::sequenceId))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
    assertThat(log.stream().map(row -> row.id().value()).toList()).containsAll(logger.out());
  }

  @Test
  void shouldNotStartWithADamagedStore() throws IOException {
    PealProcess node = node("");
    site.run("x\n".repeat(200), "logger", "--config", "peal.yaml").assertExit(0);
    node.terminate();
    node.assertExit(0);
    try (RandomAccessFile pages = new RandomAccessFile(folder.resolve("store.db").toFile(), "rw")) {
      byte[] garbage = new byte[(int) pages.length() / 2];
      new Random(1).nextBytes(garbage);
      pages.seek(pages.length() - garbage.length);
      pages.write(garbage);
    }

    PealProcess broken = startNode("");
    broken.assertExit(70);
    assertThat(String.join("\n", broken.err())).contains("store.db").contains("is damaged");
    publish("lost").assertExit(75);
  }
}
