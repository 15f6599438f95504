package org.peal.cli;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import picocli.CommandLine.Option;

/** The options of a subscriber that goes on where it ended. */
final class DurableOptions {

  @Option(
      names = "--durable",
      paramLabel = "NAME",
      description =
          "Lose nothing: remember under this name how far each publisher was followed, go on from"
              + " there at the next start, and fetch what was missed from the publishers' logs"
              + " (replay_endpoints). Without it, gaps are not noticed.")
  @Nullable String name;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "With a --durable NAME that starts for the first time: from this time on, as in 2h or ISO"
              + " 8601. Default: from now.")
  @Nullable String since;

  @Option(
      names = "--from-beginning",
      description = "The same, from the beginning of each publisher's log.")
  boolean fromBeginning;

  /** Refuses what does not go together. */
  void check(WatchOptions watching) {
    if (name == null) {
      if (since != null || fromBeginning) {
        throw usage("--since and --from-beginning need --durable NAME");
      }
      return;
    }
    DurableFiles.requireName("--durable", name);
    if (since != null && fromBeginning) {
      throw usage("give either --since or --from-beginning");
    }
    if (watching.bus.isAmqp()) {
      throw usage(
          "--durable is for --bus zmq; on AMQP a durable queue does it, see peal amqp consume");
    }
    if (!watching.connect.isEmpty()) {
      throw usage(
          "--durable needs the replay addresses of the endpoint files, so it excludes --connect:"
              + " write the address into endpoints.d");
    }
    start(Instant.now());
  }

  /** Returns from when on messages are wanted. */
  Instant start(Instant now) {
    if (fromBeginning) {
      return Instant.EPOCH;
    }
    return since == null ? now : Times.ago("--since", since, now);
  }

  /** Returns the database of the subscriber. */
  Path file(Io io) {
    return DurableFiles.of(io).file(String.valueOf(name));
  }

  private static CommandException usage(String text) {
    return new CommandException(ExitCode.USAGE, text);
  }
}
