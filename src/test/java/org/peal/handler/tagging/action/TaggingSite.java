package org.peal.handler.tagging.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Bus;
import org.peal.bus.Origin;
import org.peal.handler.Handler;
import org.peal.handler.HandlerRunner;
import org.peal.handler.HandlerSetup;
import org.peal.handler.HandlerTerms;
import org.peal.handler.Message;
import org.peal.handler.RetryConfig;
import org.peal.handler.tagging.Compat;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.message.TopicPattern;
import org.peal.store.Database;
import org.peal.store.DecisionQuery;
import org.peal.store.Decisions;
import org.peal.store.OutboxRow;
import org.peal.store.StoreConfig;
import org.peal.testing.FakeHub;
import org.peal.testing.FakeMbs;

/**
 * Everything that the handler works with: a hub and a Module Build Service over HTTP, a rule file,
 * a store, and a clock of its own. For one thread.
 */
final class TaggingSite implements AutoCloseable {

  static final String TOPIC = "org.fedoraproject.prod.mbs.module.state.change";
  static final Instant START = Instant.parse("2026-05-04T03:02:01Z");

  private static final String USER = "peter";
  private static final String PASSWORD = "secret";

  final FakeHub hub = new FakeHub();
  final FakeMbs mbs = new FakeMbs();
  final AtomicReference<Instant> now = new AtomicReference<>(START);
  final InstantSource clock = now::get;
  private final Path folder;
  private Database database;
  private @Nullable HandlerRunner runner;
  private Handler handler;

  /** Makes a site whose files are in a folder. */
  TaggingSite(Path folder) throws IOException {
    this.folder = folder;
    hub.state().addUser(USER, PASSWORD);
    hubAt(hub.address());
    database = open();
  }

  /** Lets the handlers that are started from now on look for the hub there. */
  void hubAt(URI address) throws IOException {
    Files.writeString(
        folder.resolve("koji.conf"),
        """
        [koji]
        server = %s
        authtype = password
        user = %s
        password = %s
        max_retries = 1
        retry_interval = 1
        timeout = 1
        """
            .formatted(address, USER, PASSWORD));
  }

  private Database open() {
    return Database.openWithoutLog(folder.resolve("t.db"), StoreConfig.defaults(), clock);
  }

  /** Writes the rules. */
  void rules(String text) {
    try {
      Files.writeString(folder.resolve("rules.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns settings with these rules. */
  TaggingHandlerSettings settings(Compat compat, String rules) {
    return new TaggingHandlerSettings(
        rules,
        mbs.address(),
        Duration.ofSeconds(20),
        null,
        null,
        compat,
        null,
        null,
        null,
        null,
        null,
        null,
        folder,
        null,
        null,
        null);
  }

  TaggingHandlerSettings settings() {
    return settings(Compat.PEAL, folder.resolve("rules.yaml").toString());
  }

  /** Starts a handler. */
  void start(String name, TaggingHandlerSettings settings, Map<String, String> environment) {
    run(
        name,
        new TaggingHandlerFactory(key -> environment.getOrDefault(key, ""))
            .create(new HandlerSetup<>(name, settings, clock)));
  }

  /** Starts a handler that follows tasks. */
  void startFollower(String name) {
    FollowerSettings settings = new FollowerSettings(null, null, null, folder, Duration.ZERO);
    run(name, new FollowerFactory().create(new HandlerSetup<>(name, settings, clock)));
  }

  private void run(String name, Handler made) {
    if (runner != null) {
      runner.close();
    }
    handler = made;
    HandlerTerms terms =
        new HandlerTerms(
            name,
            List.of(TopicPattern.parse("#")),
            Optional.of(Bus.ZMQ),
            false,
            Duration.ofMinutes(5),
            RetryConfig.defaults(),
            Duration.ofDays(30));
    runner = new HandlerRunner(database, terms, handler, clock, new SplittableRandom(1), () -> {});
  }

  Handler handler() {
    return handler;
  }

  /** Hands a message over and waits until what came of it is committed. */
  void take(JsonNode body, Instant sent) {
    take(TOPIC, body, sent);
  }

  void take(String topic, JsonNode body, Instant sent) {
    Message message =
        new Message(
            Bus.ZMQ,
            new MessageId("2026-" + UUID.randomUUID()),
            new Topic(topic),
            body,
            JsonNodeFactory.instance.objectNode(),
            Severity.INFO,
            Optional.of(sent),
            Optional.empty(),
            new Origin("test", "memory"));
    runner.accept(message, false).join();
  }

  /** Lets an hour pass, and hands over again what waits. */
  void retry() {
    now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
    runner.retryDue();
    database.write(t -> true).join();
  }

  /** Ends the handler and starts another one, as after a crash. */
  void restart(String name, TaggingHandlerSettings settings) {
    runner.close();
    runner = null;
    database.close();
    database = open();
    start(name, settings, Map.of());
  }

  /** Returns how many messages wait to be handed over again. */
  long waiting() {
    return database.read(s -> s.journal().size(runner.terms().name()));
  }

  /** Returns what waits to be published. */
  List<OutboxRow> outbox() {
    return database.read(s -> s.outbox().first("zmq", 1000));
  }

  /** Forgets what waits to be published. */
  void clearOutbox() {
    database
        .write(
            t -> {
              outbox().forEach(row -> t.outbox().delete(row.row()));
              return true;
            })
        .join();
  }

  /** Returns the decisions of the handler, the newest first. */
  List<JsonNode> decisions() {
    return decisions(Map.of());
  }

  List<JsonNode> decisions(Map<String, String> labels) {
    DecisionQuery query =
        new DecisionQuery(
            Optional.of(runner.terms().name()), labels, Optional.empty(), Long.MAX_VALUE, 1000);
    return database.<List<Decisions.Row>>read(s -> s.decisions().find(query)).stream()
        .map(row -> json(row.decision().json()))
        .toList();
  }

  Map<String, Long> counts() {
    return runner.status().counts();
  }

  /** Puts a module build into the service, and its two builds into the hub. */
  ObjectNode build(long id, String name) {
    String modulemd =
        "document: modulemd\nversion: 2\ndata: {name: %s, stream: el8, version: 1, context: c1}\n"
            .formatted(name);
    module(id, name, Optional.of(modulemd));
    hub.state().addBuild(name + "-el8-1.c1");
    hub.state().addBuild(name + "-devel-el8-1.c1");
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("id", id).put("name", name).put("stream", "el8");
    return body.put("version", "1").put("context", "c1").put("state_name", "ready");
  }

  /** Puts a module build into the service. */
  void module(long id, String name, Optional<String> modulemd) {
    ObjectNode build = JsonNodeFactory.instance.objectNode();
    build.put("id", id).put("name", name).put("stream", "el8").put("version", "1");
    build.put("context", "c1").put("state_name", "ready");
    modulemd.ifPresentOrElse(text -> build.put("modulemd", text), () -> build.putNull("modulemd"));
    mbs.put(id, build.toString());
  }

  static JsonNode json(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  /** Returns an address where nobody answers. */
  static URI nobody(int port) {
    return URI.create("http://127.0.0.1:" + port + "/rules.yaml");
  }

  @Override
  public void close() {
    if (runner != null) {
      runner.close();
    }
    database.close();
    mbs.close();
    hub.close();
  }
}
