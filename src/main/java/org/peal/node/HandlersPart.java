package org.peal.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.Delivery;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.crypto.Verifier;
import org.peal.handler.HandlerConfig;
import org.peal.handler.HandlerRequests;
import org.peal.handler.HandlerStatus;
import org.peal.handler.HandlerTypes;
import org.peal.handler.Line;
import org.peal.handler.Outcome;
import org.peal.metrics.Sample;
import org.peal.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Running handlers as a part of a node. */
final class HandlersPart implements NodePart {

  private static final Logger LOG = LoggerFactory.getLogger(HandlersPart.class);

  private final NodeServices services;
  private final Optional<Verifier> verifier;
  private final List<HandlerTypes.Made> made = new ArrayList<>();
  private final InstantSource clock = InstantSource.system();
  private final HandlerLines maker;
  private final LinkBook book = new LinkBook();
  private volatile List<Line> lines = List.of();
  private volatile @Nullable Receiver receiver;
  private @Nullable ReplayClient replay;
  private volatile @Nullable OutboxPump pump;
  private @Nullable SubmitOutlet outlet;
  private @Nullable HandlerRequests requests;
  private final List<Runnable> undoing = new ArrayList<>();

  HandlersPart(NodeServices services) {
    this.services = services;
    this.maker = new HandlerLines(services, clock);
    Map<String, HandlerConfig> handlers = services.config().handlers();
    if (handlers.isEmpty()) {
      throw new ConfigException(
          Place.named("configuration", Path.of("")),
          "handlers",
          "node.parts names handlers, but there is none: add a section handlers.NAME");
    }
    this.verifier =
        Boolean.FALSE.equals(services.config().crypto().validate())
            ? Optional.empty()
            : Optional.of(services.verifier());
    try {
      handlers.keySet().forEach(name -> made.add(maker.handler(name)));
    } catch (RuntimeException | Error e) {
      closeHandlers();
      throw e;
    }
  }

  private void closeHandlers() {
    made.forEach(each -> each.handler().close());
    made.clear();
  }

  @Override
  public void start() {
    if (verifier.isEmpty()) {
      LOG.warn("crypto.validate is false: handlers act on messages that nobody has verified");
    }
    Database database = services.database();
    ReplayClient asking =
        new ReplayClient(
            services.transport(),
            services.endpoints()::current,
            verifier,
            ReplayClientOptions.DEFAULT.withUnsignedSequenceIds(
                services.config().replay().unsignedSequenceIds()));
    replay = asking;
    lines = made.stream().map(each -> maker.line(each, database, asking)).toList();
    made.clear();
    if (!services.config().node().parts().contains(PartName.PUBLISHER)) {
      publishThroughTheNodeOfThisHost(database);
    }
    undoing.add(services.metrics().add(this::samples));
    HandlerRequests asked = new HandlerRequests(services.databaseFile(), database, clock);
    requests = asked;
    asked.start();
    Receiver receiving =
        new Receiver(services.transport(), List.of(""), verifier, raw -> true, this::deliver);
    receiver = receiving;
    lines.forEach(Line::start);
    undoing.add(services.endpoints().follow(receiving::follow));
  }

  private void publishThroughTheNodeOfThisHost(Database database) {
    SubmitOutlet submitting = new SubmitOutlet(this::socket);
    OutboxPump pumping = new OutboxPump(database, OutboxPump.ZMQ, submitting);
    outlet = submitting;
    pump = pumping;
    undoing.add(services.onOutbox(pumping::wake));
    pumping.start();
  }

  private Path socket() {
    Path said = services.config().node().submit();
    List<Path> sockets =
        services
            .setup()
            .folders()
            .meetingPlaces()
            .map(folder -> folder.resolve(SubmitSockets.USUAL))
            .toList();
    return said != null
        ? said
        : sockets.stream().filter(Files::isWritable).findFirst().orElse(sockets.get(0));
  }

  private void deliver(Delivery delivery) {
    book.addVerified(delivery);
    lines.forEach(line -> line.offer(delivery));
  }

  /** Called by any thread, also while this ends. */
  private List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (Line line : lines) {
      HandlerStatus status = line.status();
      Map<String, String> who = Map.of("handler", status.name());
      status
          .counts()
          .forEach(
              (outcome, count) ->
                  samples.add(
                      Sample.counter(
                          "peal_handler_outcomes",
                          "what became of messages",
                          Map.of("handler", status.name(), "outcome", outcome),
                          count)));
      line.counters()
          .forEach(
              (name, count) ->
                  samples.add(
                      Sample.gauge("peal_handler_" + name, "on the way to a handler", who, count)));
      samples.addAll(line.samples());
    }
    OutboxPump pumping = pump;
    if (pumping != null) {
      samples.add(pumping.failed());
    }
    return samples;
  }

  @Override
  public PartStatus status() {
    Receiver receiving = receiver;
    if (receiving == null) {
      return PartStatus.of("not started");
    }
    List<Line> all = lines;
    Optional<Outcome.Halt> halt =
        all.stream().flatMap(line -> line.status().halted().stream()).findFirst();
    Map<String, Long> counters = new LinkedHashMap<>();
    for (Line line : all) {
      line.status().counts().forEach((name, count) -> counters.merge(name, count, Long::sum));
      for (String name : List.of("dropped", "refused", "lost")) {
        counters.merge(name, line.counters().getOrDefault(name, 0L), Long::sum);
      }
    }
    return new PartStatus(
        List.of(),
        problem(all, receiving),
        all.stream().map(HandlersPart::summary).collect(Collectors.joining("; ")),
        counters,
        receiving.status(),
        all.stream().flatMap(line -> stuck(line.status()).stream()).toList(),
        halt.map(why -> OptionalInt.of(why.exitCode())).orElseGet(OptionalInt::empty),
        book.facts(),
        all.stream().flatMap(line -> line.following().stream()).toList());
  }

  @Override
  public void reload() {
    lines.forEach(Line::reload);
  }

  private static Optional<String> problem(List<Line> all, Receiver receiving) {
    Throwable failure = receiving.failure();
    if (failure != null) {
      return Optional.of("receiving ended: " + failure);
    }
    return all.stream().flatMap(line -> problem(line).stream()).findFirst();
  }

  private static Optional<String> problem(Line line) {
    HandlerStatus status = line.status();
    Throwable failure = line.failure();
    if (failure != null) {
      return Optional.of("handler " + status.name() + " ended: " + failure);
    }
    return status.halted().map(why -> "handler " + status.name() + " halts: " + why.why());
  }

  private static Optional<String> stuck(HandlerStatus status) {
    return status
        .stuckSince()
        .map(
            (Instant since) ->
                "handler %s takes longer than its deadline, stuck since %s"
                    .formatted(status.name(), since));
  }

  private static String summary(Line line) {
    HandlerStatus status = line.status();
    return status.name()
        + ": "
        + line.standing().map(text -> text + "; ").orElse("")
        + status.counts().entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(count -> count.getValue() + " " + count.getKey().replace('_', ' '))
            .collect(Collectors.joining(", "));
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    undo();
    Receiver receiving = receiver;
    if (receiving != null) {
      receiving.drain(deadline);
    }
    for (Line line : lines) {
      line.drain(deadline);
    }
  }

  private void undo() {
    undoing.forEach(Runnable::run);
    undoing.clear();
  }

  @Override
  public void close() {
    undo();
    closeHandlers();
    Closing.quietly(receiver);
    Closing.quietly(requests);
    lines.forEach(Closing::quietly);
    Closing.quietly(replay);
    Closing.quietly(pump);
    Closing.quietly(outlet);
  }
}
