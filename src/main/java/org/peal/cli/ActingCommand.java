package org.peal.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.peal.ExitCode;
import org.peal.bus.Delivery;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands have in common that run a program for each message that is meant. */
abstract class ActingCommand extends PealCommand {

  @Mixin WatchOptions watching = new WatchOptions();

  @Option(
      names = "--wait-for",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "Run only when no message that is meant came for this time, then once for each that"
              + " waits. Default: ${DEFAULT-VALUE}.")
  double waitFor;

  @Option(
      names = "--max-queue-size",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "With --wait-for, run at once when more than N messages wait; 0 for no such limit."
              + " Default: ${DEFAULT-VALUE}.")
  int maxQueueSize;

  @Option(
      names = "--max-pending",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "Drop, and count, what comes when N messages wait already. Default: ${DEFAULT-VALUE}.")
  int maxPending = 10_000;

  @Option(
      names = "--command-timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "End a command that runs longer. Default: ${DEFAULT-VALUE}.")
  double commandTimeout = 300;

  @Option(
      names = "--stop-timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "At SIGTERM or Ctrl-C, how long a command that is under way may finish. Default:"
              + " ${DEFAULT-VALUE}.")
  double stopTimeout = 10;

  private boolean toldOfRefused;

  ActingCommand(Io io) {
    super(io);
  }

  /**
   * Returns the program to run with its arguments.
   *
   * @throws CommandException if none is given, or one that cannot be run
   */
  abstract List<String> program();

  @Override
  boolean isOnAmqp() {
    return watching.bus.isAmqp();
  }

  /** Returns configuration values that options stand for. */
  Map<String, Object> overrides() {
    return watching.overrides(this);
  }

  @Override
  ExitCode run() throws Exception {
    Duration quiet = waitFor == 0 ? Duration.ZERO : Options.seconds("--wait-for", waitFor);
    Options.atLeast("--max-queue-size", maxQueueSize, 0);
    Options.atLeast("--max-pending", maxPending, 1);
    Duration patience = Options.seconds("--stop-timeout", stopTimeout);
    Duration limit = Options.seconds("--command-timeout", commandTimeout);
    Program program = Program.of(io, program(), limit);
    Watch watch = Watch.prepare(this, watching, overrides());
    Predicate<Delivery> wanted = watch.wanted();
    TriggerQueue queue = new TriggerQueue(quiet, maxQueueSize, maxPending);
    TriggerWorker worker = new TriggerWorker(queue, program, this::say);
    worker.start();
    try (Stop stop = Stop.onSignals()) {
      watch.run(delivery -> consider(delivery, wanted, worker), stop::await);
    } finally {
      worker.stop(patience);
    }
    say(worker.summary());
    return ExitCode.OK;
  }

  private void consider(Delivery delivery, Predicate<Delivery> wanted, TriggerWorker worker) {
    if (delivery.isInvalid()) {
      tellOfTheFirstRefused(delivery);
    } else if (wanted.test(delivery)) {
      Match.of(delivery).ifPresent(worker::take);
    }
  }

  private void tellOfTheFirstRefused(Delivery delivery) {
    if (!toldOfRefused) {
      toldOfRefused = true;
      say(
          "nothing is run for messages that fail verification; the first: "
              + MessagePrinter.mark(delivery).strip());
    }
  }
}
