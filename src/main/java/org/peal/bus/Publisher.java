package org.peal.bus;

import java.util.concurrent.CompletionStage;

/** Publishes on a bus. Thread-safe; the drafts of one thread keep their order. */
public interface Publisher extends AutoCloseable {

  /**
   * Accepts a message.
   *
   * <p>What is under way is bounded: a caller waits, or is refused, or the message is dropped and
   * counted, by the publisher's policy.
   *
   * @return completed when the message is as safe as the publisher makes it (stored, or confirmed
   *     by a broker); completed with a {@link PublishException} when it was not accepted
   */
  CompletionStage<Published> publish(Draft draft);

  /** Stops accepting and waits a bounded time for what is under way. */
  @Override
  void close();
}
