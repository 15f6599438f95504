package org.peal.cli;

import org.peal.ExitCode;

final class DemoCommand extends PealCommand {
  DemoCommand(Io io) { super(io); }
  @Override String name() { return "peal demo"; }
  @Override ExitCode run() { return ExitCode.INTERNAL; }
}
