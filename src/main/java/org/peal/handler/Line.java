package org.peal.handler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.Delivery;
import org.peal.metrics.Sample;
import org.peal.stream.Following;

/** What brings messages to one handler. Thread-safe. */
public sealed interface Line extends AutoCloseable permits HandlerLine, LeasedLine {

  /** Hands over what was in hand before, then what comes. */
  void start();

  /** Takes what this node has received on ZeroMQ; never waits. */
  void offer(Delivery delivery);

  /** Has the handler read again what it has read from outside. */
  void reload();

  /** Returns how the handler fares. */
  HandlerStatus status();

  /** Returns how it stands with the lease, in a few words; empty without one. */
  default Optional<String> standing() {
    return Optional.empty();
  }

  /** Returns what was counted on the way to the handler. */
  Map<String, Long> counters();

  /** Returns what keeps messages from coming at present, and may pass. */
  List<String> troubles();

  /** Returns how it stands with publishers; empty while nobody follows them for it here. */
  Optional<Following> following();

  /** Returns what the handler itself has counted, and what was counted for it. */
  List<Sample> samples();

  /** Returns what went wrong, after which nothing is handled; null if nothing did. */
  @Nullable Throwable failure();

  /** Takes nothing more, and handles what is queued before the deadline. */
  void drain(Deadline deadline) throws InterruptedException;

  @Override
  void close();
}
