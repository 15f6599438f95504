package org.peal.cli;

import java.util.Map;
import org.peal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fedmsg-logger}: the original's options and exit codes. */
@Command(
    name = "fedmsg-logger",
    sortOptions = false,
    description = "Publish messages, with the options of the program of this name.",
    footer = {
      "",
      "Exit status: 0, also when nobody listened; 1 on any error; 2 for a wrong option; 78"
          + " for a wrong configuration.",
      "",
      "Examples:",
      "  fedmsg-logger --message 'deployment done'",
      "  uptime | fedmsg-logger --modname infra --topic load",
      "  fedmsg-logger --config-filename fedmsg.json --json-input < event.json"
    })
final class FedmsgLoggerCommand extends LoggerCommand {

  @Mixin FedmsgOptions fedmsg = new FedmsgOptions();

  FedmsgLoggerCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "fedmsg-logger";
  }

  @Override
  Map<String, Object> overrides() {
    return fedmsg.over(super.overrides());
  }

  @Override
  ExitCode run() throws Exception {
    publishing.neverQueue();
    return fedmsg.run(this, overrides(), super::run);
  }

  @Override
  int exitStatus(int status) {
    return FedmsgExit.status(status);
  }
}
