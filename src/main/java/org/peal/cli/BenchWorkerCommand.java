package org.peal.cli;

import org.peal.ExitCode;
import org.peal.bench.WorkerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What {@code peal bench} starts for each process of a measurement. */
@Command(name = "peal bench-worker", description = "Be a process of a measurement.")
final class BenchWorkerCommand extends PealCommand {

  @Parameters(index = "0", paramLabel = "ROLE", description = "What to be.")
  String role = "";

  @Parameters(index = "1", paramLabel = "TERMS", description = "A JSON object.")
  String terms = "";

  BenchWorkerCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal bench-worker";
  }

  @Override
  ExitCode run() throws Exception {
    if (!WorkerProcess.run(role, terms, io.in(), io.out())) {
      throw new CommandException(ExitCode.USAGE, "no such role: " + role);
    }
    return ExitCode.OK;
  }
}
