package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/**
 * What becomes of signatures on the way over a broker, as programs of Python see it that sign and
 * verify by themselves.
 */
class BridgeOriginIT {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final String PREFIX = "org.example.dev.app";
  private static final String PROBE = PREFIX + ".probe";
  private static final String TOPIC = PREFIX + ".event";
  private static final String LINE =
      "{\"topic\": \"" + TOPIC + "\", \"msg\": {\"café\": [1, 2.5, 1e100, null]}}";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private BridgeSite site;
  private int tried;

  @BeforeEach
  void makeSite() {
    site = new BridgeSite(folder, processes, Broker.shared());
    site.net("z1", "py", "b0");
    site.net("z2", "b1");
  }

  @Test
  void message_overABrokerToAnotherNet_hasItsFirstSignatureThereAndInRecords() throws IOException {
    site.startBridge(0, "{}", "z1", site.url());
    String restoring =
        "{directions: [to-zmq],"
            + " to-zmq: {queue: far, exchange: zmq.topic, restore-origin: true}}";
    site.startBridge(1, restoring, "z2", site.url());
    PythonPeer far = site.verifyByPython("b1", PREFIX);
    Path records = folder.resolve("crossed.jsonl");
    PealProcess recorder =
        site.startBeside(
            "amqp",
            "record",
            records.toString(),
            "--limit",
            "1",
            "--exchange",
            "zmq.topic",
            "--routing-key",
            TOPIC);
    recorder.awaitErr("consuming from ");
    PythonPeer publisher = site.publishByPython(PROBE);
    far.awaitOut(PROBE);

    publisher.writeLine(LINE);

    JsonNode sent = json(publisher.awaitOut(TOPIC));
    JsonNode arrived = json(far.awaitOut(TOPIC));
    assertThat(arrived.get("payload")).isEqualTo(sent.get("payload"));
    assertThat(arrived.get("valid").booleanValue()).as(arrived.toString()).isTrue();
    assertThat(arrived.get("signer").textValue()).isEqualTo("app");
    recorder.assertExit(0);
    byte[] recorded = Files.readAllBytes(records);
    site.run(recorded, "verify", "--from-amqp").assertExit(0);
    byte[] forged =
        new String(recorded, StandardCharsets.UTF_8)
            .replace("2.5", "2.6")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(forged).isNotEqualTo(recorded);
    site.run(forged, "verify", "--from-amqp").assertExit(77);
  }

  @Test
  void messages_inCompatMode_areThoseOfPythonsBridgesBothWays() {
    site.startBridge(0, "{compat: true, to-amqp: {alone: true}}", "z1", site.url());
    PythonPeer onZmq = site.verifyByPython("b0", PREFIX);
    PythonPeer onAmqp = site.collectOnAmqp(Integer.MAX_VALUE);
    PythonPeer publisher = site.publishByPython(PROBE);
    onAmqp.awaitOut(PROBE);
    publisher.writeLine(LINE);

    JsonNode sent = json(json(publisher.awaitOut(TOPIC)).get("payload").textValue());
    JsonNode crossed = json(onAmqp.awaitOut(TOPIC));
    assertThat(crossed.get("id")).isEqualTo(sent.get("msg_id"));
    assertThat(crossed.get("body")).isEqualTo(sent.get("msg"));
    assertThat(names(crossed.get("headers")))
        .containsExactly(
            "fedora_messaging_schema",
            "fedora_messaging_schema_package",
            "sent-at",
            "fedora_messaging_severity",
            "priority");

    await().atMost(LONG).until(() -> publishesOnAmqp(onZmq));
    site.publishOnAmqp(1, 3);
    List<JsonNode> arrived =
        onZmq.awaitOut(4, line -> line.contains("topic")).stream()
            .map(BridgeOriginIT::json)
            .toList();
    assertThat(arrived)
        .allSatisfy(
            message -> {
              assertThat(message.get("signer").textValue()).isEqualTo("bridge");
              assertThat(names(json(message.get("payload").textValue())))
                  .containsExactly(
                      "topic",
                      "msg",
                      "timestamp",
                      "msg_id",
                      "i",
                      "username",
                      "crypto",
                      "signature",
                      "certificate");
            });
    List<Integer> counters =
        arrived.stream()
            .map(message -> json(message.get("payload").textValue()).get("i").intValue())
            .toList();
    int first = counters.get(0);
    assertThat(counters)
        .isEqualTo(IntStream.range(first, first + counters.size()).boxed().toList());
  }

  /** Publishes under a new id; tells whether a message is seen on ZeroMQ. */
  private boolean publishesOnAmqp(PythonPeer onZmq) {
    site.publishOnAmqp(tried++ + 1000, 1).awaitOut("published all");
    return onZmq.outHolds(PREFIX, SHORT);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode json(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
