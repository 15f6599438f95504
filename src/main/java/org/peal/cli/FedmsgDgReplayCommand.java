package org.peal.cli;

import java.util.Map;
import org.peal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fedmsg-dg-replay}: the original's options, output and exit codes. */
@Command(
    name = "fedmsg-dg-replay",
    sortOptions = false,
    description =
        "Publish a message of an archive again, with the options of the program of this name.",
    footer = {
      "",
      "Exit status: 0, also when nobody listened; 1 without --msg-id and on any other error; 2 when"
          + " the archive's status is not 200, and for a wrong option; 78 for a wrong"
          + " configuration.",
      "",
      "Examples:",
      "  fedmsg-dg-replay --msg-id 2014-f1c49f0b-5caf-49e6-b79a-cc54bcfac602"
    })
final class FedmsgDgReplayCommand extends DgReplayCommand {

  private static final int REFUSED = 2;

  @Mixin FedmsgOptions fedmsg = new FedmsgOptions();

  private boolean refused;

  FedmsgDgReplayCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "fedmsg-dg-replay";
  }

  @Override
  Map<String, Object> overrides() {
    return fedmsg.over(super.overrides());
  }

  @Override
  void progress(String text) {
    Output out = new Output(io.out());
    out.line(text);
    out.flush();
  }

  @Override
  void archiveRefused() {
    refused = true;
  }

  @Override
  ExitCode run() throws Exception {
    return fedmsg.run(this, overrides(), this::replay);
  }

  private ExitCode replay() throws Exception {
    if (msgId == null || msgId.isEmpty()) {
      say("give the id of a message with --msg-id");
      return ExitCode.NEGATIVE;
    }
    publishing.neverQueue();
    return super.run();
  }

  @Override
  int exitStatus(int status) {
    return refused ? REFUSED : FedmsgExit.status(status);
  }
}
