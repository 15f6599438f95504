package org.peal.bus.zmq;

import org.peal.endpoint.Endpoint;

/** A socket that answers the questions of whoever connects. Thread-safe. */
public interface Responder extends AutoCloseable {

  /** Returns the address with the real port. */
  Endpoint boundAddress();

  /** Returns a snapshot. */
  ResponderStatus status();

  /** Closes the socket; answers that are still to come are dropped. Idempotent. */
  @Override
  void close();
}
