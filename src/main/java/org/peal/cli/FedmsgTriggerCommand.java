package org.peal.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedmsg-trigger}: the original's options and exit codes, but never a shell. */
@Command(
    name = "fedmsg-trigger",
    sortOptions = false,
    description =
        "Run a command for each message, with the options of the program of this name. The message"
            + " is on the command's standard input. No shell comes between: --command is split at"
            + " white space, and what only a shell understands is refused.",
    footer = {
      "",
      "Exit status: 0 after Ctrl-C; 1 without --command and on any other error; 2 for a wrong"
          + " option; 78 for a wrong configuration.",
      "",
      "Examples:",
      "  fedmsg-trigger --topic org.example.prod.git --command /usr/bin/mirror",
      "  fedmsg-trigger --wait-for 10 --max-queue-size 50 --command 'make -C site'"
    })
final class FedmsgTriggerCommand extends ActingCommand {

  @Mixin FedmsgOptions fedmsg = new FedmsgOptions();

  @Option(names = "--command", paramLabel = "COMMAND", description = "What to run.")
  @Nullable String command;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "Accepted, no effect.")
  @Nullable Double timeout;

  FedmsgTriggerCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "fedmsg-trigger";
  }

  @Override
  List<String> program() {
    if (command == null || command.isBlank()) {
      throw new CommandException(ExitCode.NEGATIVE, "give the command to run with --command");
    }
    return ShellFreeWords.split("--command", command);
  }

  @Override
  Map<String, Object> overrides() {
    return fedmsg.over(super.overrides());
  }

  @Override
  ExitCode run() throws Exception {
    return fedmsg.run(this, overrides(), super::run);
  }

  @Override
  int exitStatus(int status) {
    return FedmsgExit.status(status);
  }
}
