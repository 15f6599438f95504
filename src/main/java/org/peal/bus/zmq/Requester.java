package org.peal.bus.zmq;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks one server, one question at a time, over a connection that is made when it is needed and
 * ended when it has been idle for a while. Thread-safe.
 */
public interface Requester extends AutoCloseable {

  /**
   * Puts a question behind those that wait.
   *
   * @param limit how long it may take from its turn to the answer
   * @return completed by the loop thread, never exceptionally
   */
  CompletableFuture<Reply> ask(byte[] question, Duration limit);

  /** Returns how many questions wait or are under way. */
  int pending();

  /** Ends the connection; what waits is answered with {@link Reply.Closed}. Idempotent. */
  @Override
  void close();
}
