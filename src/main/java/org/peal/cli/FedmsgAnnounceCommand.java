package org.peal.cli;

import java.util.Map;
import org.peal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fedmsg-announce}: the original's options and exit codes. */
@Command(
    name = "fedmsg-announce",
    sortOptions = false,
    description = "Publish an announcement, with the options of the program of this name.",
    footer = {
      "",
      "Exit status: 0, also when nobody listened; 1 on any error; 2 for a wrong option; 78"
          + " for a wrong configuration.",
      "",
      "Examples:",
      "  fedmsg-announce --link https://status.example.org < notice.txt"
    })
final class FedmsgAnnounceCommand extends AnnounceCommand {

  @Mixin FedmsgOptions fedmsg = new FedmsgOptions();

  FedmsgAnnounceCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "fedmsg-announce";
  }

  @Override
  Map<String, Object> overrides() {
    return fedmsg.over(super.overrides());
  }

  @Override
  boolean isEmptyTextMeant() {
    return true;
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
