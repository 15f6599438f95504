package org.peal.cli;

import org.peal.ExitCode;
import picocli.CommandLine.Command;

/** {@code fedmsg-check}: the original's options and exit codes. */
@Command(
    name = "fedmsg-check",
    sortOptions = false,
    description =
        "Check the consumers and producers of a hub, with the options of the program of this name.",
    footer = {
      "",
      "Exit status: 0; 1 no report came, one is missing or not initialized, no socket is"
          + " configured, or any other error; 2 for a wrong option.",
      "",
      "Examples:",
      "  fedmsg-check -c fedbadges",
      "  fedmsg-check --config fedmsg.json --timeout 30"
    })
final class FedmsgCheckCommand extends CheckCommand {

  FedmsgCheckCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "fedmsg-check";
  }

  /** The original prints the verdict, too. */
  @Override
  void tellVerdict(String text) {
    print(text);
  }

  @Override
  int exitStatus(int status) {
    return status == ExitCode.OK.status() || status == ExitCode.USAGE.status() ? status : 1;
  }
}
