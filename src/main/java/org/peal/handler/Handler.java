package org.peal.handler;

import java.util.List;
import java.util.Optional;
import org.peal.message.TopicPattern;
import org.peal.metrics.Sample;

/**
 * Code that is run for messages, whichever bus they come by. All calls are made by one thread at a
 * time, one message after the other: on ZeroMQ in the order of each publisher, on AMQP in that of
 * the queue. Only a message that is tried again comes later.
 *
 * <p>A handler never sees a message that was refused by verification, and sees one for which it has
 * a committed outcome only if an operator says so. One without a committed outcome is handed over
 * again, {@linkplain HandlerContext#isRedelivered() marked}: make effects outside Peal so that
 * doing them twice does no harm.
 */
public interface Handler extends AutoCloseable {

  /** Returns which topics it is for; the configuration may name others. Never empty. */
  List<TopicPattern> topics();

  /**
   * Handles one message.
   *
   * <p>It must return within the handler's deadline; then it is interrupted, and that counts as a
   * retry.
   *
   * @throws Exception what went wrong; that counts as a retry with the exception's text for a
   *     reason
   */
  Outcome handle(Message message, HandlerContext context) throws Exception;

  /**
   * Returns a key of its own by which it tells what it has done, for messages that are published
   * natively on both buses and so have two ids. Two messages with one key are handled once.
   */
  default Optional<String> key(Message message) {
    return Optional.empty();
  }

  /**
   * Learns of messages that are lost for certain. What is published or remembered here is committed
   * with the loss; an exception is logged, and the loss stays recorded.
   */
  default void lost(LostMessages lost, HandlerContext context) throws Exception {}

  /**
   * Reads again, as an operator asks, what it has read from files or servers; what cannot be used
   * leaves the last good in force. Called by any thread, also while a message is handled.
   */
  default void reload() {}

  /**
   * Returns what keeps it from its work at present, for people; the node is not ready meanwhile.
   * Called by any thread, at any time, and never waits.
   */
  default List<String> troubles() {
    return List.of();
  }

  /** Returns what it has counted; called by any thread, at any time, and never waits. */
  default List<Sample> samples() {
    return List.of();
  }

  /** Gives back what it holds; nothing is handled any more. */
  @Override
  default void close() {}
}
