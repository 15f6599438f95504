package org.peal.cli;

import org.peal.ExitCode;

final class CertsCommand extends PealCommand {
  CertsCommand(Io io) { super(io); }
  @Override String name() { return "peal certs"; }
  @Override ExitCode run() { return ExitCode.INTERNAL; }
}
