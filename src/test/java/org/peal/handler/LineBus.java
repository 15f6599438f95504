package org.peal.handler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bus by which messages come on the way that a node has for them. */
abstract class LineBus implements HandlerBus {

  private volatile @Nullable HandlerLine line;

  /** Starts what brings the messages, which come from then on. */
  final HandlerLine start(HandlerRunner runner, Inlet inlet) {
    HandlerLine started = new HandlerLine(runner, List.of(inlet));
    line = started;
    started.start();
    return started;
  }

  /** Returns what brings the messages; null while no handler is attached. */
  final @Nullable HandlerLine line() {
    return line;
  }

  @Override
  public final void detach() {
    HandlerLine ended = line;
    line = null;
    if (ended != null) {
      ended.close();
    }
  }
}
