package org.peal.bus.zmq;

import org.peal.endpoint.Endpoint;

/** A socket that receives. Thread-safe. */
public interface Subscription extends AutoCloseable {

  /** Offers the refused message to the sink again and goes on reading; cheap, never blocks. */
  void resume();

  /** Returns the address with the real port if bound, else the one that was asked for. */
  Endpoint boundAddress();

  /** Returns a snapshot. */
  SubscriptionStatus status();

  /**
   * Closes the socket soon: when no other subscription with the same claims needs its connection.
   */
  void leave();

  /** Returns whether it was closed, or has left. */
  boolean isClosed();

  /** Closes the socket; does nothing the second time. No message is handed over afterwards. */
  @Override
  void close();
}
