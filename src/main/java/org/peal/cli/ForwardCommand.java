package org.peal.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /** The origin of what is received on an address of our own. */
  static final String IN = "relay-in";

  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final long REPORT_EVERY = Duration.ofSeconds(10).toNanos();

  /** What to do with messages that fail verification. */
  enum Invalid {
    drop,
    forward
  }

  @Option(
      names = "--validate",
      negatable = true,
      description = "Verify what comes in. Default: only if crypto.validate is true.")
  @Nullable Boolean validate;

  @Mixin TrustOptions trust = new TrustOptions();

  @Option(
      names = "--invalid",
      paramLabel = "drop|forward",
      defaultValue = "drop",
      description =
          "With --validate, what to do with messages that fail; both count them. Default:"
              + " ${DEFAULT-VALUE}.")
  Invalid invalid = Invalid.drop;

  private long dropsReported;
  private long nextReport = System.nanoTime();

  ForwardCommand(Io io) {
    super(io);
  }

  @Override
  final ExitCode run() throws Exception {
    Map<String, Object> overrides = new LinkedHashMap<>(trust.overrides(this));
    if (validate != null) {
      overrides.put("crypto.validate", validate);
    }
    Setup setup = Setup.load(this, overrides);
    Optional<Verifier> verifier = verifier(setup.config().crypto());
    if (verifier.isPresent() && setup.config().crypto().crl() == null) {
      say("revocation is not checked (no --crl, no crypto.crl)");
    }
    try (Stop stop = Stop.onSignals();
        ZmqTransport transport = Transports.open(this, setup.config());
        Forwarder forwarder = new Forwarder(transport, verifier, invalid == Invalid.forward)) {
      open(setup, forwarder, stop);
      report(forwarder, stop);
      forwarder.drain(DRAIN);
      say(forwarder.status().toString());
      return ExitCode.OK;
    }
  }

  /** An authority alone does not make a relay verify: others did not, and nobody is to notice. */
  private static Optional<Verifier> verifier(CryptoConfig crypto) {
    return Boolean.TRUE.equals(crypto.validate()) ? Trust.verifier(crypto) : Optional.empty();
  }

  /** Opens the sockets; what must be closed at the end is given to {@code stop}. */
  abstract void open(Setup setup, Forwarder forwarder, Stop stop);

  private void report(Forwarder forwarder, Stop stop) throws InterruptedException {
    LinkReporter links = new LinkReporter(this::say);
    while (!stop.await(Duration.ofMillis(200))) {
      links.look(
          forwarder.subscriptionStatus().stream()
              .filter(s -> !s.origin().name().equals(IN))
              .toList());
      long dropped = forwarder.status().dropped();
      if (dropped > dropsReported && System.nanoTime() - nextReport > 0) {
        say(
            "warning: dropped "
                + (dropped - dropsReported)
                + " messages for readers that do not keep up, "
                + dropped
                + " in all");
        dropsReported = dropped;
        nextReport = System.nanoTime() + REPORT_EVERY;
      }
    }
  }
}
