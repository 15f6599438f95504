package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.testing.Broker;
import org.peal.testing.Exclusive;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal bench}, with so few messages that its figures mean nothing. */
@Exclusive
class BenchIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private PealProcess bench(String... args) {
    Setting setting = Setting.plain().with("PEAL_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
    return processes.add(PealProcess.start(setting, args));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("peal-bench-")).toList();
    }
  }

  /** Nine processes start one after the other, which takes a while on a busy machine. */
  private JsonNode rows(PealProcess bench) {
    bench.awaitExit(Duration.ofMinutes(4));
    bench.assertExit(0);
    return StrictJson.parse(bench.outBytes(), JsonLimits.DEFAULT).path("rows");
  }

  @Test
  void shouldMeasureAPathOfManyRolesAndLeaveNothingBehind() throws IOException {
    JsonNode rows = rows(bench("bench", "replay", "--runs", "1", "--count", "100", "--json"));
    // By these names a later run is compared: no figure may be in them.
    assertThat(rows.findValuesAsText("what"))
        .containsExactly(
            "100 away, verified",
            "100 away, verified, peak of the heap",
            "100 away, verified, peak of what is resident");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.path("figure").doubleValue()).isPositive();
              assertThat(row.path("limit").doubleValue()).isPositive();
            });
    assertThat(rows.get(0).path("goal_at_least").doubleValue()).isEqualTo(0.8);
    assertThat(left()).isEmpty();
  }

  @Test
  void shouldMeasureWhatANodeTakes() {
    JsonNode rows = rows(bench("bench", "memory", "--runs", "1", "--count", "100", "--json"));
    String loaded = "100 stored, 100 subscribers, as many endpoints, ";
    assertThat(rows.findValuesAsText("what"))
        .containsExactly(
            "idle, resident at most",
            loaded + "its file",
            loaded + "heap in use",
            loaded + "peak of the heap",
            loaded + "resident at most");
    assertThat(rows).allSatisfy(row -> assertThat(row.path("figure").doubleValue()).isPositive());
  }

  @Test
  void shouldMeasureABridgeWhereABrokerIsAtHand() {
    String url = Broker.shared().url("");
    JsonNode rows =
        rows(bench("bench", "bridge", "--amqp", url, "--runs", "1", "--count", "200", "--json"));
    assertThat(rows.findValuesAsText("what"))
        .containsExactly(
            "publish with confirms, durable", "ZeroMQ to AMQP, verified, durable", "the same");
    assertThat(rows).allSatisfy(row -> assertThat(row.path("ratio").doubleValue()).isPositive());

    PealProcess without = bench("bench", "bridge");
    without.assertExit(2);
    without.awaitErr("needs a broker");

    PealProcess elsewhere = bench("bench", "bridge", "--amqp", Broker.shared().url("nowhere"));
    elsewhere.assertExit(70);
    elsewhere.awaitErr("vhost nowhere not found");
  }

  @Test
  void shouldCompareWithAnEarlierResult() throws IOException {
    PealProcess first = bench("bench", "relay", "--runs", "1", "--count", "300", "--json");
    assertThat(rows(first).findValuesAsText("path")).containsExactly("relay");
    Path before = folder.resolve("before.json");
    Files.write(before, first.outBytes());
    PealProcess second =
        bench("bench", "relay", "--runs", "1", "--count", "300", "--compare", before.toString());
    second.finish(0);
    assertThat(second.out()).hasSize(3);
    assertThat(second.out().get(2)).containsPattern("ratio .*, goal .*, (before|as before)");
  }

  /** Waits until all processes of the path relay work. */
  private static List<ProcessHandle> workers(PealProcess bench) {
    ProcessHandle handle = ProcessHandle.of(bench.pid()).orElseThrow();
    await().atMost(Duration.ofMinutes(2)).until(() -> handle.children().count() >= 6);
    return handle.children().toList();
  }

  @Test
  void shouldEndItsWorkersEvenWhenItIsKilled() {
    PealProcess bench = bench("bench", "relay", "--count", "1000000", "--runs", "1000");
    List<ProcessHandle> workers = workers(bench);
    bench.signal("KILL");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void shouldLeaveNothingBehindWhenItIsEnded() throws IOException {
    PealProcess bench = bench("bench", "relay", "--count", "1000000", "--runs", "1000");
    List<ProcessHandle> workers = workers(bench);
    bench.signal("INT");
    assertThat(bench.awaitExit()).isEqualTo(130);
    assertThat(workers).noneMatch(ProcessHandle::isAlive);
    assertThat(left()).isEmpty();
  }

  @Test
  void shouldSayWhatIsWrongWithAnEarlierResult() throws IOException {
    Path file = Files.write(folder.resolve("x"), "{}".getBytes(StandardCharsets.US_ASCII));
    PealProcess bench = bench("bench", "--compare", file.toString());
    bench.finish(65);
    assertThat(bench.err()).anyMatch(line -> line.contains("no result of peal bench"));
  }
}
