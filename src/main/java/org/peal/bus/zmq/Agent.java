package org.peal.bus.zmq;

/** A part of the loop's work with sockets of its own. Called by the loop thread only. */
interface Agent {

  /** Does what is due, without blocking. */
  void tick(long now);

  /** Returns when {@link #tick} must be called at the latest, by {@link System#nanoTime}. */
  long deadline(long now);

  /** Closes the sockets. */
  void shutdown();
}
