package org.peal.cli;

import org.peal.ExitCode;
import org.peal.node.NodeSetup;

/** A command that runs a node in the foreground until a signal ends it. */
abstract class NodeRunCommand extends PealCommand {

  private final NodeRun node = new NodeRun(this, this::setup);

  NodeRunCommand(Io io) {
    super(io);
  }

  /** Returns what the node is to be; called at the start and for each reload. */
  abstract NodeSetup setup();

  @Override
  boolean mayBeOnAmqp() {
    return true;
  }

  @Override
  ExitCode run() throws Exception {
    return node.run();
  }

  @Override
  int exitStatus(int status) {
    return node.exitStatus(status);
  }
}
