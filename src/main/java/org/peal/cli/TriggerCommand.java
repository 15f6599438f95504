package org.peal.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code peal trigger}: runs a program for each message that is meant. */
@Command(
    name = "peal trigger",
    sortOptions = false,
    description =
        "Run a command for each message that is meant, with the envelope as one line of JSON on its"
            + " standard input. No shell comes between. PEAL_TOPIC, PEAL_MSG_ID and PEAL_SIGNER are"
            + " in its environment when they consist of letters, digits and . _ + - alone. Messages"
            + " are verified when a certificate authority is given or configured; for those that"
            + " fail nothing is run.",
    footer = {
      "",
      "Exit status: 0 after SIGTERM or Ctrl-C; 66 no such command, or a file is missing; 78 the"
          + " configuration is wrong, there is nothing to connect to, or no authority for"
          + " --validate.",
      "",
      "Examples:",
      "  peal trigger --topic org.example.prod.git -- /usr/local/bin/mirror --now",
      "  peal trigger --where 'service == \"bodhi\"' --wait-for 30 -- make -C site",
      "  peal trigger --packages bash -- jq -c .msg"
    })
final class TriggerCommand extends ActingCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments; put -- before it.")
  List<String> command = new ArrayList<>();

  TriggerCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal trigger";
  }

  @Override
  List<String> program() {
    return command;
  }

  @Override
  boolean isFollowedByCommand() {
    return true;
  }
}
