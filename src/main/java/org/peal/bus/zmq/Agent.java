package org.peal.bus.zmq;

/** A part of the loop's work with sockets of its own. Called by the loop thread only. */
interface Agent {

  /** Does what is due, without blocking. */
  void tick(long now);

  /** Returns when {@link #tick} must be called at the latest, by {@link System#nanoTime}. */
  long deadline(long now);

  /**
   * Tells whether {@link #tick} has something to do only at its {@link #deadline}, after a command,
   * and when the loop was woken for all; always the same for one agent.
   */
  default boolean isQuiet() {
    return false;
  }

  /** Closes the sockets. */
  void shutdown();
}
