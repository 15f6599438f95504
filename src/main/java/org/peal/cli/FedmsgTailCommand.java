package org.peal.cli;

import java.util.Map;
import org.peal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedmsg-tail}: the original's options and exit codes. */
@Command(
    name = "fedmsg-tail",
    sortOptions = false,
    description = "Watch the bus, with the options of the program of this name.",
    footer = {
      "",
      "Exit status: 0 after Ctrl-C; 1 on any error; 2 for a wrong option; 78"
          + " for a wrong configuration.",
      "",
      "Examples:",
      "  fedmsg-tail --terse",
      "  fedmsg-tail --config-filename fedmsg.json --topic org.fedoraproject.prod.git",
      "  fedmsg-tail --users ann,bob --really-pretty"
    })
final class FedmsgTailCommand extends TailCommand {

  @Mixin FedmsgOptions fedmsg = new FedmsgOptions();

  @Option(names = "--cowsay", description = "Let a cow tell the message.")
  boolean cowsay;

  FedmsgTailCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "fedmsg-tail";
  }

  @Override
  Map<String, Object> overrides() {
    return fedmsg.over(super.overrides());
  }

  @Override
  ExitCode run() throws Exception {
    return fedmsg.run(this, overrides(), this::watch);
  }

  private ExitCode watch() throws Exception {
    // The original has a time-out option of its own, for sockets; it never ended the program.
    timeout = null;
    Stop.handle("INT", this::interrupted);
    return super.run();
  }

  private void interrupted() {
    Output out = new Output(io.out());
    try {
      out.line("");
      out.flush();
    } finally {
      Runtime.getRuntime().halt(ExitCode.OK.status());
    }
  }

  @Override
  MessagePrinter printer(Watch watch) {
    return cowsay ? Cow.printer(watch.sentences()) : super.printer(watch);
  }

  @Override
  int exitStatus(int status) {
    return FedmsgExit.status(status);
  }
}
