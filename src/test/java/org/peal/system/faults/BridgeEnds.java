package org.peal.system.faults;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.system.BridgeSite;
import org.peal.testing.PealProcess;
import org.peal.testing.PythonPeer;

/**
 * Who publishes on either side of a bridge and who collects on the other, and the account of what
 * arrived. Used by one thread.
 */
final class BridgeEnds {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final BridgeSite site;
  private final int count;
  private final PealProcess zmqPublisher;
  private final PythonPeer amqpPublisher;
  private final PealProcess onZmq;
  private final PythonPeer onAmqp;
  private int allowed;
  private int linesRead;
  private int fromZmq;

  /** Starts the four programs; {@code count} messages will go each way. */
  BridgeEnds(BridgeSite site, int count) {
    this.site = site;
    this.count = count;
    onZmq = site.collectOnZmq(count);
    onAmqp = site.collectOnAmqp(count);
    zmqPublisher = site.feedZmq();
    amqpPublisher = site.feedAmqp();
  }

  /** Lets both publishers go on until each has published so many. */
  void allow(int messages) {
    StringBuilder lines = new StringBuilder();
    for (int i = allowed; i < messages; i++) {
      lines.append(BridgeSite.line(i)).append('\n');
    }
    zmqPublisher.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    amqpPublisher.writeLine(Integer.toString(messages - allowed));
    allowed = messages;
  }

  /** Waits until so many messages have crossed to ZeroMQ. */
  void awaitOnZmq(int messages) {
    await().atMost(LONG).until(() -> onZmq.out().size() >= messages);
  }

  /** Waits until so many copies have crossed to AMQP. */
  void awaitOnAmqp(int messages) {
    await().atMost(LONG).until(() -> crossedToAmqp() >= messages);
  }

  /** Waits until all that may be published has crossed to ZeroMQ. */
  void awaitAllOnZmq() {
    awaitOnZmq(allowed);
  }

  private int crossedToAmqp() {
    List<String> lines = onAmqp.out();
    fromZmq += (int) lines.stream().skip(linesRead).filter(BridgeEnds::isFromZmq).count();
    linesRead = lines.size();
    return fromZmq;
  }

  private static boolean isFromZmq(String line) {
    return line.contains("\"zmq.topic\"");
  }

  /** Waits until all have come to their end. */
  void awaitEnd() {
    zmqPublisher.closeInput();
    amqpPublisher.closeInput();
    await()
        .atMost(LONG)
        .until(() -> !zmqPublisher.isAlive() && !onAmqp.isAlive() && !onZmq.isAlive());
    zmqPublisher.assertExit(0);
    amqpPublisher.awaitOut("published all");
  }

  /** Checks that each message is on ZeroMQ once, unaltered and in the order of each bridge. */
  void requireAllOnZmq() {
    List<JsonNode> messages = onZmq.out().stream().map(BridgeEnds::json).toList();
    Map<String, List<Integer>> byBridge =
        messages.stream()
            .collect(
                Collectors.groupingBy(
                    m -> m.path("headers").path("peal-name").asText(),
                    Collectors.mapping(m -> m.path("msg").path("n").intValue(), toList())));
    assertThat(byBridge.values()).allSatisfy(order -> assertThat(order).isSorted());
    assertThat(byBridge.values().stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(IntStream.range(0, count).boxed().toList());
    assertThat(messages)
        .allSatisfy(
            message -> {
              JsonNode headers = message.path("headers");
              assertThat(message.path("msg").path("text").textValue()).isEqualTo("café");
              assertThat(headers.path("fedora_messaging_schema").textValue())
                  .isEqualTo("app.native.v1");
              assertThat(headers.path("fedora_messaging_severity").intValue()).isEqualTo(30);
              assertThat(headers.path("fedora_messaging_user_jane").booleanValue()).isTrue();
              assertThat(message.path("msg_id").textValue()).startsWith("2026-");
            });
  }

  /**
   * Checks that each message is on AMQP, unaltered, in order after dedup, and with a signature of
   * its publisher that can be verified.
   *
   * @return how many copies there are besides the first ones, without those that the broker says to
   *     have handed over before
   */
  int requireAllOnAmqp() {
    List<String> lines = onAmqp.out().stream().filter(BridgeEnds::isFromZmq).toList();
    Set<String> seen = new HashSet<>();
    List<Integer> order = new ArrayList<>();
    int doubled = 0;
    for (String line : lines) {
      JsonNode message = json(line);
      assertThat(message.path("body").path("text").textValue()).isEqualTo("café");
      if (seen.add(message.path("id").textValue())) {
        order.add(message.path("body").path("n").intValue());
      } else if (!message.path("redelivered").booleanValue()) {
        doubled++;
      }
    }
    assertThat(order).isEqualTo(IntStream.range(0, count).boxed().toList());
    requireSignatures(lines);
    return doubled;
  }

  private void requireSignatures(List<String> lines) {
    byte[] crossed =
        lines.stream().collect(Collectors.joining("\n", "", "\n")).getBytes(StandardCharsets.UTF_8);
    PealProcess verified = site.run(crossed, "verify", "--from-amqp");
    verified.assertExit(0);
    assertThat(verified.out()).hasSize(lines.size());
  }

  /** Checks that the bridge's own log has each message once, whatever subscribers make of it. */
  void requireOnceInLog() {
    Records log = Records.of(site.store(0));
    assertThat(log.times()).as("messages in the log").hasSize(count);
    assertThat(log.log()).as("ids in the log").hasSize(count);
  }

  private static JsonNode json(String line) {
    return StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
