package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.WrongClock;

/** What a node that follows another tells of gaps, of how far it is behind, and of silence. */
class FollowingIT {

  private static final String WHO = "{part=\"handlers\",subscriber=\"all\"} ";
  private static final String LAG =
      "peal_stream_lag{part=\"handlers\",publisher=\"test.host\",subscriber=\"all\"} ";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int port = FreePorts.run(2);
  private Site site;
  private WrongClock clock;
  private String pages = "";

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    clock = WrongClock.in(folder, "follower.clock");
    site.endpoints(port, port + 1);
  }

  private void publisher(String store) {
    site.file(
        "peal.yaml",
        Site.acceptor("publisher, replay", port) + "store: {path: store.db%s}\n".formatted(store));
    site.start("node", "--config", ".").awaitErr("(replay)");
  }

  private PealProcess follower(String patience) {
    site.file(
        "follower/peal.yaml",
        """
        node: {parts: [handlers], submit: ../node.sock}
        handlers: {all: {type: log, settings: {file: ../all.jsonl}}}
        store: {path: store.db}
        streams: {quiet-after: 1s, patience: %s}
        status: {address: "127.0.0.1:0"}
        endpoints: {directory: ../endpoints.d}
        crypto: {validate: true, ca: ../ca.crt, crl: ../crl.pem}
        """
            .formatted(patience));
    PealProcess follower =
        processes.add(PealProcess.start(clock.in(site.setting()), "node", "--config", "follower"));
    pages = follower.awaitErr("status: listening on").replaceAll(".*(http://\\S+).*", "$1");
    follower.awaitErr("connected to");
    return follower;
  }

  private static void end(PealProcess follower) {
    follower.terminate();
    follower.assertExit(0);
  }

  private void publish(int first, int count) {
    String input =
        IntStream.range(first, first + count)
            .mapToObj(i -> "{\"n\":" + i + "}\n")
            .collect(Collectors.joining());
    site.run(input, "logger", "--config", ".", "--json-lines", "--no-spool").assertExit(0);
  }

  private void awaitMetrics(String... lines) {
    await()
        .until(() -> StatusIT.get(pages, "/metrics").lines().toList().containsAll(List.of(lines)));
  }

  private String messages() {
    return ("peal_link_messages_total{endpoint=\"tcp://127.0.0.1:%d\",part=\"handlers\","
            + "publisher=\"test.host\"} ")
        .formatted(port);
  }

  private String ready() throws Exception {
    return StatusIT.get(pages, "/readyz");
  }

  @Test
  void shouldTellOfGapsThatAreFilled_open_orFilledLate() throws Exception {
    publisher("");
    PealProcess first = follower("1h");
    publish(1, 5);
    awaitMetrics(
        LAG + "0.0",
        "peal_stream_gaps_total" + WHO + "0.0",
        "peal_handler_queued{handler=\"all\"} 0.0");
    end(first);

    site.endpoints(port, FreePorts.run(1));
    publish(6, 3);
    PealProcess second = follower("1h");
    publish(9, 1);
    awaitMetrics(
        LAG + "4.0", "peal_stream_gaps_total" + WHO + "1.0", "peal_stream_held" + WHO + "1.0");
    site.endpoints(port, port + 1);
    awaitMetrics(
        LAG + "0.0", "peal_stream_filled_total" + WHO + "3.0", "peal_stream_held" + WHO + "0.0");
    end(second);

    site.endpoints(port, FreePorts.run(1));
    publish(10, 2);
    PealProcess third = follower("1s");
    publish(12, 1);
    awaitMetrics(LAG + "0.0", "peal_stream_open" + WHO + "2.0");
    await()
        .until(
            () ->
                ready()
                    .contains(
                        "warning: handlers: all went on without 2 messages, which no log has given"
                            + " yet: test.host"));
    assertThat(ready()).startsWith("200 degraded");
    site.endpoints(port, port + 1);
    awaitMetrics("peal_stream_open" + WHO + "0.0", "peal_stream_late_total" + WHO + "2.0");
    JsonNode following =
        LoggerIT.json(StatusIT.get(pages, "/status").substring("200 ".length()))
            .at("/parts/handlers/following/0");
    assertThat(following.path("late").asLong()).isEqualTo(2);
    assertThat(following.path("lost").asLong()).isZero();
    assertThat(following.path("replay_questions").asLong()).isPositive();
    assertThat(following.at("/streams/0/publisher").asText()).isEqualTo("test.host");
    assertThat(following.at("/streams/0/cursor").asLong()).isEqualTo(12);
    end(third);
  }

  @Test
  void shouldTellWhatIsLost_andNameAPublisherThatIsSilent() throws Exception {
    publisher(", retention: {messages: 10}");
    PealProcess first = follower("1h");
    publish(1, 5);
    awaitMetrics(LAG + "0.0");
    end(first);
    publish(6, 35);
    await()
        .until(
            () ->
                site.run("", "replay", "--config", ".", "--from", "test.host", "--seq", "1:")
                        .out()
                        .size()
                    == 10);
    PealProcess second = follower("1h");
    awaitMetrics(LAG + "0.0", "peal_stream_lost_total" + WHO + "25.0");
    publish(41, 15);
    awaitMetrics(messages() + "15.0");
    clock.set(10);
    publish(56, 15);
    awaitMetrics(messages() + "30.0");
    assertThat(ready()).startsWith("200 ready");
    clock.set(3600);
    await()
        .until(
            () ->
                ready()
                    .matches(
                        "(?s)200 degraded\n.*warning: handlers: publisher test.host .* is silent"
                            + " since .*"));
    end(second);
  }

  @Test
  void shouldNameAPublisherWhoseLossesCannotBeNoticed() {
    try (Publisher old = Publisher.bound()) {
      site.file("endpoints.d/site.yaml", "endpoints: {old.host: '%s'}\n".formatted(old.address()));
      PealProcess follower = follower("1h");
      old.awaitSubscriptions(1);
      old.sendSigned(site.pair("ann", Site.ANN), "org.example.test.old.said", "x");
      awaitMetrics(
          "peal_link_numbered{endpoint=\"%s\",part=\"handlers\",publisher=\"old.host\"} 0.0"
              .formatted(old.address()));
      PealProcess status = site.run("", "status", "--address", pages.substring("http://".length()));
      status.assertExit(0);
      assertThat(status.out())
          .contains(
              "unprotected: old.host %s sends messages without sequence ids, so that losses cannot be noticed"
                  .formatted(old.address()));
      end(follower);
    }
  }
}
