package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.peal.ExitCode;
import org.peal.bridge.BridgeConfig;
import org.peal.bridge.Comparison;
import org.peal.bridge.DeadLetters;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpConsumer;
import org.peal.bus.amqp.AmqpHandler;
import org.peal.bus.amqp.Binding;
import org.peal.bus.amqp.QueueRequest;
import org.peal.bus.amqp.QueueTerms;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verifier;
import org.peal.json.CanonicalJson;
import org.peal.node.Folders;
import org.peal.node.Receiver;
import org.peal.node.Trust;
import org.peal.schema.Schemas;
import org.peal.store.Database;
import org.peal.store.StoreConfig;

/** {@code peal bridge verify}: watches both buses and tells what did not cross. Used once. */
final class BridgeVerify {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration KEPT = Duration.ofDays(7);

  /** How long what is sent again may take to cross: the bridge looks for it every second. */
  private static final Duration REPAIR = Duration.ofMinutes(1);

  private static final int MOST_CHARACTERS = 500;
  private static final String FILE = "verify.db";

  /**
   * What is asked for.
   *
   * @param lasting how long to watch before the comparison
   * @param settling how long a message may take to cross
   * @param resend whether what is missing is handed to the bridge
   * @param json whether findings are printed as JSON
   */
  record Wish(Duration lasting, Duration settling, boolean resend, boolean json) {}

  private final PealCommand command;
  private final Setup setup;
  private final Wish wish;
  private final Path state;
  private final Semaphore sighted = new Semaphore(0);
  private final Set<String> heard = ConcurrentHashMap.newKeySet();

  BridgeVerify(PealCommand command, Setup setup, Wish wish) {
    this.command = command;
    this.setup = setup;
    this.wish = wish;
    this.state = Folders.of(command.io.environment()).state();
  }

  ExitCode run() throws Exception {
    Path file = state.resolve("bridge").resolve(FILE);
    InstantSource clock = InstantSource.system();
    try (Database database = Database.openWithoutLog(file, StoreConfig.defaults(), clock)) {
      BridgeConfig config = setup.config().bridge();
      Comparison comparison = new Comparison(database, config, clock);
      comparison.forget(KEPT);
      return watch(comparison, config);
    }
  }

  private ExitCode watch(Comparison comparison, BridgeConfig config) throws Exception {
    Optional<Verifier> verifier = Trust.verifier(setup.config().crypto());
    AmqpHandler handler =
        delivery -> {
          comparison.seen(delivery.message(), delivery.exchange());
          delivery.ack();
          heard("AMQP");
        };
    QueueRequest queue =
        new QueueRequest(
            "",
            Optional.of(QueueTerms.TEMPORARY),
            List.of(
                new Binding("", config.toAmqp().exchange(), List.of("#")),
                new Binding("", config.toZmq().exchange(), List.of("#"))));
    try (Stop stop = Stop.onSignals();
        Sources sources = Sources.open(command, setup, List.of());
        ZmqTransport transport = Transports.open(command, setup.config());
        Receiver receiver =
            new Receiver(
                transport,
                List.of(""),
                verifier,
                raw -> true,
                delivery -> seen(comparison, delivery));
        AmqpConsumer consumer =
            AmqpConsumer.start(
                "bridge-verify",
                setup.config().amqp(),
                List.of(queue),
                Schemas.builtIn(),
                handler)) {
      sources.follow(receiver::follow);
      awaitEnd(stop, receiver, consumer);
      sighted.drainPermits();
      return report(comparison);
    }
  }

  private void seen(Comparison comparison, Delivery delivery) {
    comparison.seen(delivery);
    if (!delivery.isInvalid()) {
      heard("ZeroMQ");
    }
  }

  /** Says once that a bus is not silent. */
  private void heard(String bus) {
    if (sighted.availablePermits() == 0) {
      sighted.release();
    }
    if (heard.add(bus)) {
      command.say("messages come from " + bus);
    }
  }

  /** Watches until the time is over or a signal comes. */
  private void awaitEnd(Stop stop, Receiver receiver, AmqpConsumer consumer) throws Exception {
    long end = System.nanoTime() + wish.lasting().toNanos();
    LinkReporter links = new LinkReporter(command::say);
    boolean isReady = false;
    while (System.nanoTime() - end < 0 && !stop.await(LOOK)) {
      Failures.rethrow(receiver.failure());
      links.look(receiver.status());
      if (!isReady && consumer.status().isReady()) {
        isReady = true;
        command.say("watching both buses");
      }
    }
    if (!isReady) {
      throw new CommandException(
          ExitCode.UNREACHABLE,
          consumer.status().firstProblem().map(p -> p.text()).orElse("the broker is not there"));
    }
  }

  private ExitCode report(Comparison comparison) throws InterruptedException {
    Comparison.Report report = comparison.compare(wish.settling());
    Output out = new Output(command.io.out());
    report.findings().forEach(finding -> print(finding, out));
    out.flush();
    command.say(
        "%d messages compared, %d did not cross as they should"
            .formatted(report.compared(), report.findings().size()));
    boolean isRepaired = wish.resend() && !report.isGood() && isRepaired(comparison, report);
    return report.isGood() || isRepaired ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private void print(Comparison.Finding finding, Output out) {
    if (wish.json()) {
      out.line(CanonicalJson.write(object(finding)));
    } else {
      out.line(
          SafeText.line(
              "%s %s: %s %s"
                  .formatted(
                      finding.direction(),
                      finding.fault().name().toLowerCase(Locale.ROOT),
                      finding.id(),
                      finding.letter().text("topic")),
              MOST_CHARACTERS));
    }
  }

  /**
   * Hands what is missing to the bridge and goes on watching, so that the next comparison knows
   * that it has crossed; tells whether nothing is wrong any more.
   */
  private boolean isRepaired(Comparison comparison, Comparison.Report report)
      throws InterruptedException {
    DeadLetters letters = new DeadLetters(state);
    List<Comparison.Finding> missing =
        report.findings().stream().filter(f -> f.fault() == Comparison.Fault.MISSING).toList();
    missing.forEach(finding -> letters.tryAgain(finding.letter()));
    long end = System.nanoTime() + REPAIR.toNanos();
    List<Comparison.Finding> left = missing;
    while (!left.isEmpty() && System.nanoTime() - end < 0) {
      sighted.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      sighted.drainPermits();
      left = left.stream().filter(finding -> !comparison.hasCrossed(finding)).toList();
    }
    command.say(
        "%d sent again, %d of them have crossed"
            .formatted(missing.size(), missing.size() - left.size()));
    return left.isEmpty() && missing.size() == report.findings().size();
  }

  private static ObjectNode object(Comparison.Finding finding) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("direction", finding.direction().toString())
        .put("fault", finding.fault().name().toLowerCase(Locale.ROOT))
        .put("id", finding.id().value())
        .put("topic", finding.letter().text("topic"));
  }
}
