package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** {@code peal store}: a node's store is copied while it runs, and put back after it was lost. */
class StoreCopyIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    int port = FreePorts.run(2);
    site = new Site(folder, processes);
    site.endpoints(port, port + 1);
    site.file(
        "peal.yaml",
        Site.acceptor("publisher, replay", port)
            + """
            store: {path: store.db}
            streams: {quiet-after: 2s, patience: 2s}
            """);
  }

  private PealProcess node() {
    PealProcess node = site.start("node", "--config", ".");
    node.awaitErr("(replay)");
    return node;
  }

  private void publish(int first, int count) {
    String lines =
        IntStream.range(first, first + count)
            .mapToObj(i -> "{\"n\":" + i + "}\n")
            .collect(Collectors.joining());
    site.run(lines, "logger", "--config", ".", "--json-lines", "--no-spool").assertExit(0);
  }

  private static List<Long> numbers(PealProcess tail) {
    return tail.out().stream().map(line -> LoggerIT.json(line).at("/msg/n").longValue()).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private PealProcess peal(String... args) {
    return site.run("", args);
  }

  @Test
  void shouldLetSubscribersBeginAnewWithAStoreThatWasPutBack() throws IOException {
    PealProcess node = node();
    PealProcess tail = site.start("tail", "--config", ".", "--durable", "t", "--from-beginning");
    publish(1, 5);
    peal("store", "export", "copy.db", "--config", ".").assertExit(0);
    publish(6, 5);
    await().until(() -> numbers(tail).size() == 10);
    PealProcess refused = peal("store", "import", "copy.db", "--config", ".");
    refused.assertExit(65);
    assertThat(refused.err().get(0)).contains("store.db").contains("exists already");
    node.signal("KILL");
    node.awaitExit();
    for (String file : List.of("store.db", "store.db-wal", "store.db-shm")) {
      Files.deleteIfExists(folder.resolve(file));
    }

    peal("store", "import", "copy.db", "--config", ".").assertExit(0);
    node();
    // The log goes on at 6, where the subscriber already was with another message.
    publish(11, 5);
    await().until(() -> numbers(tail).contains(15L));
    assertThat(numbers(tail)).isEqualTo(range(1, 15));
    assertThat(peal("losses", "--durable", "t", "--config", ".").err())
        .anyMatch(line -> line.contains("nothing was lost"));
    assertThat(peal("cursor", "list", "--json", "--config", ".").out()).hasSize(2);
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    Files.writeString(folder.resolve("x.db"), "no database");
    PealProcess other = peal("store", "import", "x.db", "--config", ".");
    other.assertExit(70);
    assertThat(other.err().get(0)).contains("x.db");
    assertThat(folder.resolve("store.db")).doesNotExist();
    PealProcess none = peal("store", "export", "copy.db", "--config", ".");
    none.assertExit(65);
    assertThat(none.err().get(0)).contains("store.db").contains("does not exist");
  }
}
