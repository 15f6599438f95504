package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.testing.Broker;
import org.peal.testing.FakeArchive;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** The commands on AMQP, as processes, with a real broker. */
class AmqpIT {

  private static final String ID = "0f4c9a5e-4a4b-4a39-a0ae-5a4d4b5b6c7d";
  private static final String LINE =
      "{\"topic\": \"org.example.git.push\", \"id\": \""
          + ID
          + "\", \"body\": {\"repo\": \"bash\"}, \"headers\": {\"fedora_messaging_severity\": 30},"
          + " \"priority\": 4}";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private final Broker broker = Broker.shared();
  private final String virtualHost = broker.newVirtualHost();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    configure("[queues.work]\ndurable = true\n[[bindings]]\nqueue = \"work\"\n");
  }

  /** Writes a file of fedora-messaging, where the environment of {@link #run} finds it. */
  private void configure(String more) {
    site.file("fm.toml", "amqp_url = \"" + broker.url(virtualHost) + "\"\n" + more);
  }

  @AfterEach
  void dropVirtualHost() {
    broker.control("delete_vhost", virtualHost);
  }

  private PealProcess start(String... args) {
    return processes.add(
        PealProcess.start(site.setting().with("FEDORA_MESSAGING_CONF", "fm.toml"), args));
  }

  private PealProcess run(String input, String... args) {
    PealProcess process = start(args);
    process.write(input.getBytes(StandardCharsets.UTF_8));
    process.closeInput();
    process.awaitExit();
    return process;
  }

  @Test
  void shouldRecordWhatItPublishedAndTellPythonTheSame() throws IOException {
    PythonPeer python =
        processes.add(PythonPeer.onAmqp("consume", broker.url(virtualHost), "--count", "2"));
    python.awaitErr("ready");
    PealProcess recorder = start("amqp", "record", "out.jsonl", "--limit", "2");
    recorder.awaitErr("consuming from ");

    PealProcess publisher =
        run(LINE + "\n{\"topic\": \"a\", \"body\": {}}\n", "amqp", "publish", "-");

    publisher.assertExit(0);
    assertThat(publisher.out())
        .containsExactly(
            "Publishing message with topic org.example.git.push",
            "Publishing message with topic a");
    recorder.assertExit(0);
    List<String> lines = Files.readAllLines(folder.resolve("out.jsonl"));
    assertThat(lines).hasSize(2);
    JsonNode recorded = json(lines.get(0));
    assertThat(recorded.path("id").textValue()).isEqualTo(ID);
    assertThat(recorded.path("queue").textValue()).isEqualTo("work");
    assertThat(recorded.path("priority").intValue()).isEqualTo(4);
    assertThat(recorded.path("headers").path("fedora_messaging_severity").intValue()).isEqualTo(30);
    python.assertExit(0);
    assertThat(json(python.out().get(0)).path("properties").path("message_id").textValue())
        .isEqualTo(ID);
    broker.control("-p", virtualHost, "purge_queue", "work");
  }

  @Test
  void shouldPrintMessagesOfTheConfiguredQueueAndAcknowledgeThem() {
    // The queue outlives its consumer, so that what is published now waits for the next one.
    PealProcess first = start("amqp", "consume");
    first.awaitErr("consuming from ");
    first.terminate();
    first.assertExit(0);
    run(LINE + "\n" + LINE + "\n", "amqp", "publish", "-").assertExit(0);

    PealProcess second = run("", "amqp", "consume", "--count", "1");

    second.assertExit(0);
    assertThat(second.out()).hasSize(1);
    assertThat(json(second.out().get(0)).path("body").path("repo").textValue()).isEqualTo("bash");
    await()
        .until(
            () ->
                broker.control("-p", virtualHost, "list_queues", "messages").stream()
                    .anyMatch(line -> line.strip().equals("1")));
  }

  @Test
  void shouldSayWithTheExitStatusWhatTheOriginalSays() {
    run("{\"topic\": 5}\n", "amqp", "publish", "-").assertExit(2);
    run(LINE + "\n", "amqp", "publish", "-", "--exchange", "nowhere").assertExit(121);
    run("", "amqp", "consume", "--exchange", "nowhere").assertExit(10);
    run("", "amqp", "consume", "--callback-file", "a.py").assertExit(2);
    run("", "amqp", "consume", "--conf", "nowhere.toml").assertExit(2);
    configure("publish_timeout = \"300ms\"\n");
    site.file("fm.toml", "amqp_url = \"amqp://127.0.0.1:1/\"\npublish_timeout = \"300ms\"\n");
    run(LINE + "\n", "amqp", "publish", "-").assertExit(111);
    site.file("fm.toml", "amqp_url = \"amqp://guest:no@127.0.0.1:" + broker.port() + "/\"\n");
    run("", "amqp", "consume").assertExit(14);
    run(LINE + "\n", "amqp", "publish", "-").assertExit(1);
    site.file("fm.toml", "unknown_key = 1\n");
    run("", "amqp", "consume").assertExit(2);
    String queues = "[queues.one]\n[queues.two]\n";
    site.file("fm.toml", "amqp_url = \"" + broker.url(virtualHost) + "?channel_max=1\"\n" + queues);
    run("", "amqp", "consume").assertExit(11);
  }

  @Test
  void shouldSayWithTheExitStatusThatTheQueueMayNotBeRead() {
    broker.control("add_user", virtualHost, "secret");
    broker.control("set_permissions", "-p", virtualHost, virtualHost, ".*", ".*", "^amq\\.");
    site.file(
        "fm.toml",
        "amqp_url = \"%s\"\n[queues.work]\ndurable = true\n[[bindings]]\nqueue = \"work\"\n"
            .formatted(broker.url(virtualHost).replace("guest:guest", virtualHost + ":secret")));

    PealProcess consumer = run("", "amqp", "consume");

    consumer.assertExit(15);
    assertThat(consumer.err().toString()).contains("work", "ACCESS_REFUSED");
    broker.control("delete_user", virtualHost);
  }

  @Test
  void shouldSayOnceWhatIsRefused() {
    assertSaidOnce("nowhere", run("", "amqp", "consume", "--exchange", "nowhere"));
    site.file(
        "fm.toml", "amqp_url = \"amqps://127.0.0.1:1/\"\n[tls]\nca_cert = \"/nowhere/ca.pem\"\n");
    assertSaidOnce("refuses", run(LINE + "\n", "amqp", "publish", "-"));
    assertSaidOnce("refuses", run("", "amqp", "consume"));
    assertSaidOnce("refuses", run("", "tail", "--bus", "amqp"));
  }

  private static void assertSaidOnce(String words, PealProcess process) {
    assertThat(process.err().stream().filter(line -> line.contains(words))).hasSize(1);
  }

  @Test
  void shouldEndWhenItsQueueIsDeleted() {
    PealProcess consumer = start("amqp", "consume");
    consumer.awaitErr("consuming from ");

    broker.control("-p", virtualHost, "delete_queue", "work");

    consumer.assertExit(12);
  }

  @Test
  void shouldReplayAndShowWhatAnArchiveHolds() {
    try (FakeArchive archive = FakeArchive.start(ID, LINE)) {
      String url = archive.url();
      PealProcess tail =
          start("tail", "--bus", "amqp", "--topic", "org.example.gi", "--count", "1");
      tail.awaitErr("listening to ");

      PealProcess replay = run("", "amqp", "replay", ID, "--datagrepper-url", url);
      replay.assertExit(0);
      assertThat(replay.out())
          .containsExactly("Message with ID " + ID + " has been successfully replayed.");
      tail.assertExit(0);
      assertThat(json(tail.out().get(0)).path("msg_id").textValue()).isEqualTo(ID);

      PealProcess shown = run("", "amqp", "reconsume", ID, "--datagrepper-url", url);
      shown.assertExit(0);
      assertThat(json(shown.out().get(0)).path("id").textValue()).isEqualTo(ID);
      run("", "amqp", "replay", "other", "--datagrepper-url", url).assertExit(1);
    }
  }

  @Test
  void shouldKeepWhatABrokerThatIsAwayCannotTakeAndPublishItLaterInOrder() {
    int count = 20;
    site.file("peal.yaml", node());
    site.file("fm.toml", "amqp_url = \"amqp://guest:guest@127.0.0.1:1/\"\n");
    PealProcess node = start("node", "--config", "peal.yaml");
    node.awaitErr("(submit)");

    String lines = String.join("", IntStream.range(0, count).mapToObj(i -> i + "\n").toList());
    PealProcess logger =
        site.run(lines, "logger", "--bus", "amqp", "--config", "peal.yaml", "--print");

    logger.assertExit(0);
    assertThat(logger.out()).hasSize(count);
    node.signal("KILL");
    node.awaitExit();
    configure("");
    PealProcess tail = start("tail", "--bus", "amqp", "--count", String.valueOf(count));
    tail.awaitErr("listening to ");
    start("node", "--config", "peal.yaml");
    tail.assertExit(0);
    assertThat(tail.out().stream().map(line -> json(line).path("msg").path("log").textValue()))
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    assertThat(tail.out().stream().map(line -> json(line).path("msg_id").textValue()))
        .containsExactlyElementsOf(logger.out());
  }

  /** Returns a configuration that leaves the broker to fedora-messaging's file. */
  private static String node() {
    return """
    node: {parts: [amqp-publisher], submit: node.sock}
    store: {path: store.db}
    amqp: {reconnect-most: 1s}
    status: {address: none}
    """;
  }

  @Test
  void shouldNotLoadTheLibraryOfTheOtherBus() throws IOException {
    for (List<String> command :
        List.of(
            List.of("tail", "--connect", "tcp://127.0.0.1:1", "--timeout", "0.1", "--no-validate"),
            List.of(
                "logger",
                "--no-sign",
                "--wait",
                "0",
                "--message",
                "x",
                "--bind",
                "tcp://127.0.0.1:0"))) {
      PealProcess process =
          processes.add(
              PealProcess.start(
                  site.setting()
                      .with("PEAL_CACHE", "none")
                      .with("PEAL_JAVA_OPTS", "-Xlog:class+load:file=loaded.txt"),
                  command.toArray(String[]::new)));
      process.closeInput();
      process.awaitExit();
      assertThat(Files.readString(folder.resolve("loaded.txt")))
          .contains("org.peal.cli.")
          .doesNotContain("com.rabbitmq")
          .doesNotContain("com.networknt")
          .doesNotContain("dataformat.toml");
    }
  }

  private static JsonNode json(String line) {
    return StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
