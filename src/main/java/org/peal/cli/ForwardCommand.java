package org.peal.cli;

import java.time.Duration;
import java.util.Optional;
import org.peal.Deadline;
import org.peal.ExitCode;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.Verifier;
import org.peal.node.Forwarder;
import org.peal.node.Trust;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What relay and gateway have in common: they run until they are told to stop. */
abstract class ForwardCommand extends PealCommand {

  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** What to do with messages that fail verification. */
  enum Invalid {
    drop,
    forward
  }

  @Mixin ValidateOptions validate = new ValidateOptions();

  @Option(
      names = "--invalid",
      paramLabel = "drop|forward",
      defaultValue = "drop",
      description =
          "With --validate, what to do with messages that fail; both count them. Default:"
              + " ${DEFAULT-VALUE}.")
  Invalid invalid = Invalid.drop;

  ForwardCommand(Io io) {
    super(io);
  }

  @Override
  final ExitCode run() throws Exception {
    Setup setup = Setup.load(this, validate.overrides(this));
    Optional<Verifier> verifier = verifier(setup.config().crypto());
    if (verifier.isPresent() && setup.config().crypto().crl() == null) {
      say("revocation is not checked (no --crl, no crypto.crl)");
    }
    try (Stop stop = Stop.onSignals();
        ZmqTransport transport = Transports.open(this, setup.config());
        Forwarder forwarder = forwarder(transport, verifier)) {
      open(setup, forwarder, stop);
      report(forwarder, stop);
      Optional<Throwable> failure = forwarder.failure();
      failure.ifPresent(e -> say("forwarding ended, stopping: " + e));
      forwarder.drain(Deadline.after(DRAIN));
      say(forwarder.status().toString());
      return failure.isPresent() ? ExitCode.INTERNAL : ExitCode.OK;
    }
  }

  private Forwarder forwarder(ZmqTransport transport, Optional<Verifier> verifier) {
    String role = name().substring("peal ".length());
    return Forwarder.of(transport, role, verifier, invalid == Invalid.forward);
  }

  /** An authority alone does not make a relay verify: others did not, and nobody is to notice. */
  private static Optional<Verifier> verifier(CryptoConfig crypto) {
    return Boolean.TRUE.equals(crypto.validate()) ? Trust.verifier(crypto) : Optional.empty();
  }

  /** Opens the sockets; what must be closed at the end is given to {@code stop}. */
  abstract void open(Setup setup, Forwarder forwarder, Stop stop);

  /** Tells what changes until a signal comes or the forwarding fails. */
  private void report(Forwarder forwarder, Stop stop) throws InterruptedException {
    LinkReporter links = new LinkReporter(this::say);
    DropReporter drops = new DropReporter(DropReporter.SLOW_READERS, this::say);
    while (forwarder.failure().isEmpty() && !stop.await(LOOK)) {
      links.look(
          forwarder.links().stream()
              .filter(link -> !link.origin().name().equals(Forwarder.IN))
              .toList());
      drops.look(forwarder.status().dropped());
    }
  }
}
