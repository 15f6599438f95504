package org.peal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.peal.bus.Bus;
import org.peal.node.NodeSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal run}: handlers in a process of their own. */
@Command(
    name = "peal run",
    sortOptions = false,
    description =
        "Run handlers in a process of their own, until SIGTERM or Ctrl-C: those of the sections"
            + " handlers.NAME of the configuration, or types of handlers with nothing configured."
            + " They have a database of their own. What they publish on ZeroMQ goes through the"
            + " node of this host, and waits while there is none; on AMQP it goes to the broker."
            + " On AMQP fedora-messaging's own file counts too (FEDORA_MESSAGING_CONF).",
    footer = {
      "",
      "Exit status: 0 after a signal; 66 a file is missing; 70 a handler has failed; 75 another"
          + " process runs the same handlers; 78 the configuration is wrong, or there is no"
          + " authority to verify with; or what a handler asks for that halts.",
      "",
      "Examples:",
      "  peal run log",
      "  peal run tagging --dry-run",
      "  peal run tagging log",
      "  peal run tagging --bus zmq,amqp"
    })
final class RunCommand extends NodeRunCommand {

  @Parameters(
      paramLabel = "HANDLER",
      arity = "1..*",
      description = "Which handlers: names of sections, or types.")
  List<String> names = new ArrayList<>();

  @Option(
      names = "--bus",
      paramLabel = "BUS",
      split = ",",
      converter = BusName.class,
      completionCandidates = BusName.class,
      description =
          "Get messages from these buses, zmq, amqp or zmq,amqp, in place of handlers.NAME.bus.")
  List<Bus> buses = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description =
          "Change nothing outside, and only record what would be done, in a database of its own.")
  boolean dryRun;

  @Mixin ValidateOptions validate = new ValidateOptions();

  RunCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal run";
  }

  @Override
  boolean isOnAmqp() {
    return buses.contains(Bus.AMQP);
  }

  @Override
  NodeSetup setup() {
    return new RunSetup(names, dryRun)
        .load(
            this,
            validate.overrides(this),
            handler -> handler.with(buses, dryRun),
            UnaryOperator.identity());
  }
}
