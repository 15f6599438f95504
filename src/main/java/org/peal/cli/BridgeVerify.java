package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.peal.ExitCode;
import org.peal.bridge.BridgeConfig;
import org.peal.bridge.Comparison;
import org.peal.bridge.DeadLetters;
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
      watch(comparison, config);
      return report(comparison.compare(wish.settling()));
    }
  }

  private void watch(Comparison comparison, BridgeConfig config) throws Exception {
    Optional<Verifier> verifier = Trust.verifier(setup.config().crypto());
    AmqpHandler handler =
        delivery -> {
          comparison.seen(delivery.message(), delivery.exchange());
          delivery.ack();
        };
    QueueRequest queue =
        new QueueRequest(
            "",
            Optional.of(QueueTerms.TEMPORARY),
            List.of(
                new Binding("", config.toAmqp().exchange(), List.of("#")),
                new Binding("", config.toZmq().exchange(), List.of("#"))));
    long end = System.nanoTime() + wish.lasting().toNanos();
    try (Stop stop = Stop.onSignals(() -> {});
        Sources sources = Sources.open(command, setup, List.of());
        ZmqTransport transport = Transports.open(command, setup.config());
        Receiver receiver =
            new Receiver(transport, List.of(""), verifier, raw -> true, comparison::seen);
        AmqpConsumer consumer =
            AmqpConsumer.start(
                "bridge-verify",
                setup.config().amqp(),
                List.of(queue),
                Schemas.builtIn(),
                handler)) {
      sources.follow(receiver::follow);
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
  }

  private ExitCode report(Comparison.Report report) {
    Output out = new Output(command.io.out());
    DeadLetters letters = new DeadLetters(state);
    for (Comparison.Finding finding : report.findings()) {
      if (wish.json()) {
        out.line(CanonicalJson.write(object(finding)));
      } else {
        out.line(
            SafeText.line(
                "%s %s: %s %s"
                    .formatted(
                        finding.direction(),
                        finding.fault().name().toLowerCase(java.util.Locale.ROOT),
                        finding.id(),
                        finding.letter().text("topic")),
                500));
      }
      if (wish.resend() && finding.fault() == Comparison.Fault.MISSING) {
        letters.tryAgain(finding.letter());
      }
    }
    out.flush();
    command.say(
        "%d messages compared, %d did not cross as they should%s"
            .formatted(
                report.compared(),
                report.findings().size(),
                wish.resend() && !report.isGood() ? "; what is missing is sent again" : ""));
    return report.isGood() ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private static ObjectNode object(Comparison.Finding finding) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("direction", finding.direction().toString())
        .put("fault", finding.fault().name().toLowerCase(java.util.Locale.ROOT))
        .put("id", finding.id().value())
        .put("topic", finding.letter().text("topic"));
  }
}
