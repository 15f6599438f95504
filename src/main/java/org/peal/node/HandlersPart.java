package org.peal.node;

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
import org.peal.ExitCode;
import org.peal.PealException;
import org.peal.bus.Bus;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.ConsumeException;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.crypto.Verifier;
import org.peal.handler.HandlerConfig;
import org.peal.handler.HandlerRequests;
import org.peal.handler.HandlerStatus;
import org.peal.handler.HandlerTypes;
import org.peal.handler.Line;
import org.peal.metrics.Sample;
import org.peal.node.replay.ReplayClient;
import org.peal.node.replay.ReplayClientOptions;
import org.peal.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Running handlers as a part of a node. */
final class HandlersPart implements NodePart {

  private static final Logger LOG = LoggerFactory.getLogger(HandlersPart.class);

  private final NodeServices services;
  private final Optional<Verifier> verifier;
  private final boolean isOnZmq;
  private final List<HandlerTypes.Made> made = new ArrayList<>();
  private final InstantSource clock = InstantSource.system();
  private final HandlerLines maker;
  private final LinkBook book = new LinkBook();
  private volatile List<Line> lines = List.of();
  private volatile @Nullable Receiver receiver;
  private @Nullable ReplayClient replay;
  private volatile @Nullable HandlerOutlets outlets;
  private volatile boolean isStarted;
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
    HandlerSections.requireOwnQueues(services.config());
    this.isOnZmq = isOn(Bus.ZMQ);
    this.verifier =
        !isOnZmq || Boolean.FALSE.equals(services.config().crypto().validate())
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

  private boolean isOn(Bus bus) {
    return services.config().handlers().values().stream()
        .anyMatch(handler -> handler.bus().contains(bus));
  }

  @Override
  public void start() {
    if (isOnZmq && verifier.isEmpty()) {
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
    HandlerOutlets publishing = new HandlerOutlets(services, database);
    outlets = publishing;
    publishing.start(maker.publishedOn());
    undoing.add(services.metrics().add(this::samples));
    HandlerRequests asked = new HandlerRequests(services.databaseFile(), database, clock);
    requests = asked;
    asked.start();
    lines.forEach(Line::start);
    if (isOnZmq) {
      receive();
    }
    isStarted = true;
  }

  private void receive() {
    Receiver receiving =
        new Receiver(services.transport(), List.of(""), verifier, raw -> true, this::deliver);
    receiver = receiving;
    undoing.add(services.endpoints().follow(receiving::follow));
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
    return samples;
  }

  @Override
  public PartStatus status() {
    if (!isStarted) {
      return PartStatus.of("not started");
    }
    Optional<Receiver> receiving = Optional.ofNullable(receiver);
    List<Line> all = lines;
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
        receiving.map(Receiver::status).orElse(List.of()),
        troubles(all),
        all.stream().flatMapToInt(line -> exitStatus(line).stream()).findFirst(),
        book.facts(),
        all.stream().flatMap(line -> line.following().stream()).toList());
  }

  @Override
  public void reload() {
    lines.forEach(Line::reload);
  }

  private Optional<String> problem(List<Line> all, Optional<Receiver> receiving) {
    return receiving
        .flatMap(each -> Optional.ofNullable(each.failure()))
        .map(failure -> "receiving ended: " + failure)
        .or(() -> all.stream().flatMap(line -> problem(line).stream()).findFirst());
  }

  private Optional<String> problem(Line line) {
    HandlerStatus status = line.status();
    Throwable failure = line.failure();
    if (failure != null) {
      String why = failure instanceof PealException ? failure.getMessage() : failure.toString();
      return Optional.of("handler " + status.name() + " ended: " + why);
    }
    return status
        .halted()
        .map(why -> "handler " + status.name() + " halts: " + why.why())
        .or(() -> thrown(status).map(what -> "handler " + status.name() + " threw " + what));
  }

  /** What a handler threw is tried again, unless this ends as the original program does. */
  private Optional<String> thrown(HandlerStatus status) {
    return services.config().amqp().endsOnFailure() ? status.thrown() : Optional.empty();
  }

  private OptionalInt exitStatus(Line line) {
    HandlerStatus status = line.status();
    if (status.halted().isPresent()) {
      return OptionalInt.of(status.halted().get().exitCode());
    }
    if (line.failure() instanceof ConsumeException refusal) {
      return OptionalInt.of(refusal.exitCode().status());
    }
    return thrown(status).isPresent()
        ? OptionalInt.of(ExitCode.HANDLER_FAILED.status())
        : OptionalInt.empty();
  }

  private List<String> troubles(List<Line> all) {
    List<String> troubles = new ArrayList<>();
    for (Line line : all) {
      stuck(line.status()).ifPresent(troubles::add);
      troubles.addAll(line.troubles());
    }
    HandlerOutlets publishing = outlets;
    if (publishing != null) {
      troubles.addAll(publishing.troubles());
    }
    return troubles;
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
    Closing.quietly(outlets);
  }
}
