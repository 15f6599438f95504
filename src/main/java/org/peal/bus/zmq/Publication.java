package org.peal.bus.zmq;

import java.net.InetAddress;
import java.time.Duration;
import org.peal.endpoint.Endpoint;

/**
 * A socket that sends. Thread-safe except where it says otherwise.
 *
 * <p>Whoever hands over bytes must not change them afterwards.
 */
public interface Publication extends AutoCloseable {

  /**
   * Queues one message; never blocks.
   *
   * @return false if the queue is full, or the publication is draining or closed
   */
  boolean offer(byte[] topic, byte[] payload);

  /**
   * Queues one message and waits for room, at most {@code limit}; not for the loop thread.
   *
   * @return false if there was none in that time, or the publication is draining or closed
   */
  boolean offer(byte[] topic, byte[] payload, Duration limit) throws InterruptedException;

  /**
   * Sends one message at once; to be called on the loop thread only, so from a {@link FrameSink}.
   *
   * @return false if an active publication has no room for it
   */
  boolean forward(byte[] topic, byte[] payload);

  /**
   * Waits until at least {@code count} subscription frames that match {@code topic} are in force.
   *
   * <p>Equal subscriptions of two peers count as two; so do two of one peer. When one of several
   * equal ones is taken back they still count until the last is.
   *
   * @return false if there were fewer when {@code limit} was over
   */
  boolean awaitSubscribers(byte[] topic, int count, Duration limit) throws InterruptedException;

  /**
   * Seals the publication and waits until everything has been handed to the kernel.
   *
   * @return an upper bound of the messages that may not have been: 0 if all went well
   */
  long drain(Duration limit) throws InterruptedException;

  /** Returns the address with the real port if bound, else the one that was asked for. */
  Endpoint boundAddress();

  /** Returns whether who connects to this literal address and port reads what is sent here. */
  boolean isReachedBy(InetAddress host, int port);

  /** Returns a snapshot. */
  PublicationStatus status();

  /** Closes the socket; does nothing the second time. */
  @Override
  void close();
}
