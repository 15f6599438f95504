package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Broker;
import org.peal.testing.FakeArchive;
import org.peal.testing.FreePorts;
import org.peal.testing.HandlerTemplate;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** Handlers on AMQP, as processes, with a real broker: killed at will, and on both buses. */
class AmqpHandlersIT {

  private static final int MESSAGES = 120;
  private static final int KILLS = 3;
  private static final String TOPIC = "org.fedoraproject.dev.logger.log";
  private static final String COUNTED = "org.fedoraproject.dev.count.reached";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int port = FreePorts.run(3);
  private Site site;
  private AmqpEnds ends;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    HandlerTemplate.jar(folder);
    site.endpoints(port, port + 1);
  }

  private void configure(String url, String handlers) {
    ends = new AmqpEnds(site, processes, url, COUNTED);
    site.file(
        "peal.yaml",
        Site.acceptor("handlers", port).replace("status: {address: none}\n", "")
            + """
            store: {path: store.db, fsync: interval}
            streams: {quiet-after: 1s}
            status: {address: '127.0.0.1:%d'}
            amqp: {amqp-url: '%s', reconnect-most: 1s}
            handlers:
            """
                .formatted(port + 2, url)
            + handlers);
  }

  private static String counter(String more) {
    return """
      count:
        jars: count.jar
        settings: {every: 1}
        %s
    """
        .formatted(more);
  }

  private PealProcess node(String... more) {
    List<String> args = new ArrayList<>(List.of("node", "--config", "."));
    args.addAll(List.of(more));
    PealProcess node = site.start(args.toArray(String[]::new));
    node.awaitErr("status: listening");
    StatusIT.awaitReady(port + 2, "200 ");
    return node;
  }

  private void awaitMetric(String text) {
    String address = "http://127.0.0.1:" + (port + 2);
    await(text).ignoreExceptions().until(() -> StatusIT.get(address, "/metrics").contains(text));
  }

  private void publish(int first, int count) {
    ends.publish(TOPIC, first, count, AmqpEnds::numbered);
  }

  private static long outcomes(Path database) {
    return HandlersIT.outcomes(database, "count");
  }

  /** Asserts that each message was counted once, in order; copies have the same id. */
  private void assertCountedUpTo(int last) {
    assertThat(ends.kept(last).values())
        .extracting(message -> message.at("/body/count").asLong())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
  }

  @Test
  void shouldCommitOneOutcomeForEachMessageThoughNodeAndBrokerAreKilled() {
    long seed = new Random().nextLong();
    System.out.println("AmqpHandlersIT seed " + seed);
    Random random = new Random(seed);
    Path store = folder.resolve("store.db");
    try (Broker broker = Broker.start()) {
      configure(broker.url(broker.newVirtualHost()), counter("bus: amqp\n    queue: work"));
      int published = 0;
      for (int round = 0; round < KILLS; round++) {
        PealProcess node = node();
        long enough = outcomes(store) + 1 + random.nextInt(MESSAGES / KILLS);
        publish(published, MESSAGES / KILLS);
        published += MESSAGES / KILLS;
        await().until(() -> outcomes(store) >= enough);
        if (round == 1) {
          broker.kill();
          broker.boot();
          StatusIT.awaitReady(port + 2, "200 ");
          await().until(() -> outcomes(store) == 2L * MESSAGES / KILLS);
        }
        node.kill();
      }
      PealProcess last = node();
      await()
          .until(
              () -> outcomes(store) == MESSAGES && HandlersIT.waitingInOutbox(store, "amqp") == 0);
      last.terminate();
      last.assertExit(0);
      assertCountedUpTo(MESSAGES);
    }
  }

  @Test
  void shouldActOnceOnWhatComesByBothBuses() {
    Broker broker = Broker.shared();
    configure(
        broker.url(broker.newVirtualHost()),
        counter("bus: [zmq, amqp]\n    queue: work")
            + "bridge: {directions: [to-amqp], to-amqp: {exchange: amq.topic}}\n");
    PealProcess node =
        node(
            "--part",
            "publisher",
            "--part",
            "replay",
            "--part",
            "handlers",
            "--part",
            "bridge",
            "--part",
            "amqp-publisher");
    site.run(
            IntStream.range(0, 20)
                .mapToObj(i -> "{\"n\":" + i + "}\n")
                .collect(Collectors.joining()),
            "logger",
            "--config",
            ".",
            "--json-lines",
            "--no-spool")
        .assertExit(0);
    String metric = "peal_handler_outcomes_total{handler=\"count\",outcome=\"%s\"} 20.0";
    awaitMetric(metric.formatted("duplicate"));
    awaitMetric(metric.formatted("done"));
    assertThat(outcomes(folder.resolve("store.db"))).isEqualTo(20);
    node.terminate();
    node.assertExit(0);
  }

  @Test
  void shouldRunWithAFileOfFedoraMessagingAndEndAsTheOriginal() {
    Broker broker = Broker.shared();
    String virtualHost = broker.newVirtualHost();
    configure(
        broker.url(virtualHost),
        counter("queue: work")
            + """
              broken:
                type: log
                topics: ["#"]
                queue: work
                settings: {file: missing/log.jsonl}
            """);
    PealProcess run = ends.start(List.of("run", "count", "--bus", "amqp", "--config", "."));
    run.awaitErr("runs handlers");
    Path store = folder.resolve(".local/state/peal/run/count.db");
    PealProcess refused =
        ends.run("", "amqp", "consume", "--callback", "log", "--exchange", "nowhere");
    refused.assertExit(10);
    assertThat(refused.err().toString()).contains("nowhere");
    ends.run("", "amqp", "consume", "--callback", "nothing").assertExit(1);
    PealProcess both = site.run("", "run", "count", "broken", "--bus", "amqp", "--config", ".");
    both.assertExit(78);
    assertThat(both.err().toString()).contains("handlers.broken.queue");
    run.terminate();
    run.assertExit(0);

    PealProcess throwing =
        ends.start(List.of("amqp", "consume", "--callback", "broken", "--config", "."));
    throwing.awaitErr("runs handlers");
    awaitConsumer(broker, virtualHost);
    publish(0, 1);
    throwing.assertExit(13);
    assertThat(throwing.err().toString()).contains("handler broken threw");

    PealProcess deleted =
        ends.start(List.of("amqp", "consume", "--callback", "count", "--config", "."));
    awaitConsumer(broker, virtualHost);
    publish(1, 1);
    await().until(() -> Files.exists(store) && outcomes(store) == 1);
    broker.control("-p", virtualHost, "delete_queue", "work");
    deleted.assertExit(12);
    assertReconsumed(store);
  }

  /** A message of the archive comes to the handler by either command, and counts once. */
  private void assertReconsumed(Path store) {
    String id = new UUID(0, 77).toString();
    String message = "{\"topic\":\"%s\",\"id\":\"%s\",\"headers\":{},\"body\":{\"n\":77}}";
    try (FakeArchive archive = FakeArchive.start(id, message.formatted(TOPIC, id))) {
      for (List<String> form :
          List.of(
              List.of("amqp", "reconsume", id, "--callback", "%s"),
              List.of("reconsume", id, "--bus", "amqp", "--handler", "%s"))) {
        reconsume(form, "count", archive).assertExit(0);
        PealProcess unknown = reconsume(form, "nobody", archive);
        unknown.assertExit(1);
        assertThat(unknown.err().toString()).contains("no handler of that name has run here");
      }
    }
    PealProcess again = ends.start(List.of("run", "count", "--bus", "amqp", "--config", "."));
    await().until(() -> outcomes(store) == 2);
    again.terminate();
    again.assertExit(0);
  }

  private PealProcess reconsume(List<String> form, String handler, FakeArchive archive) {
    List<String> args = new ArrayList<>(form);
    args.replaceAll(arg -> arg.formatted(handler));
    args.addAll(List.of("--datagrepper-url", archive.url(), "--config", "."));
    return ends.run("", args.toArray(String[]::new));
  }

  private static void awaitConsumer(Broker broker, String virtualHost) {
    await()
        .until(
            () ->
                broker.control("-p", virtualHost, "list_consumers", "queue_name").stream()
                    .anyMatch(line -> line.contains("work")));
  }
}
