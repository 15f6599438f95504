package org.peal.cli;

import org.peal.ExitCode;

final class WarmUpCommand extends PealCommand {
  WarmUpCommand(Io io) { super(io); }
  @Override String name() { return "peal warm-up"; }
  @Override ExitCode run() { return ExitCode.INTERNAL; }
}
