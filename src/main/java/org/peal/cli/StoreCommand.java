package org.peal.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code peal store}: copies of what a node keeps. */
@Command(
    name = "peal store",
    sortOptions = false,
    description = {
      "Back up what the node of this configuration keeps: its log, cursors, outcomes, and",
      "what waits to be published.",
      "  export FILE  write it into a new file, also while the node runs",
      "  import FILE  make such a file the store of a node that has none",
      "A copy goes on from an older state than subscribers know. So its log is a stream of its",
      "own, and they begin anew with it instead of taking new messages for old ones."
    },
    footer = {
      "",
      "Exit status: 0; 65 FILE, or for import the node's store, is there already, or FILE is",
      "not; 70 it is no store of this Peal, or cannot be written; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal store export /var/backups/peal.db",
      "  peal store import /var/backups/peal.db"
    })
final class StoreCommand extends PealCommand {

  /** What to do. */
  enum Action {
    EXPORT,
    IMPORT
  }

  @Parameters(index = "0", paramLabel = "export|import", description = "What to do.")
  Action action = Action.EXPORT;

  @Parameters(index = "1", paramLabel = "FILE", description = "The copy.")
  Path copy = Path.of("");

  StoreCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal store";
  }

  @Override
  ExitCode run() {
    Path store = Setup.load(this, Map.of()).node(io).storeFile();
    if (action == Action.EXPORT) {
      copy(store, copy);
    } else {
      copy(copy, store);
    }
    return ExitCode.OK;
  }

  private void copy(Path from, Path to) {
    Database.copy(from, to, new SecureRandom());
    say("wrote " + to + ": all that is in " + from + ", as a new stream");
  }
}
