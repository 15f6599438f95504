package org.peal.handler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.Delivery;
import org.peal.stream.Following;

/** A way by which messages come to one handler: a bus. Thread-safe. */
public interface Inlet extends AutoCloseable {

  /** Begins to hand messages over. */
  void start();

  /** Takes what this node has received on ZeroMQ, and never waits; of no use to another bus. */
  default void offer(Delivery delivery) {}

  /** Tells whether it also sees to it that outcomes which are too old are forgotten. */
  default boolean isForgetting() {
    return false;
  }

  /** Returns what was counted on the way. */
  Map<String, Long> counters();

  /** Returns how it stands with publishers; empty for a bus that is not followed by numbers. */
  default Optional<Following> following() {
    return Optional.empty();
  }

  /** Returns what keeps messages from coming at present, and may pass. */
  default List<String> troubles() {
    return List.of();
  }

  /** Returns what went wrong, after which nothing comes any more; null if nothing did. */
  @Nullable Throwable failure();

  /** Takes nothing more, and handles what it has in hand before the deadline. */
  void drain(Deadline deadline) throws InterruptedException;

  /** Ends; what was not handled by then comes again. The runner is closed before. */
  @Override
  void close();
}
