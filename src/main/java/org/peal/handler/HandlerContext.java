package org.peal.handler;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.peal.bus.Draft;
import org.peal.message.MessageId;

/**
 * What a handler may do while it handles one message. Valid only within that call, on that call's
 * thread. What is published and remembered counts only with an outcome other than {@link
 * Outcome.Retry}, an exception, or a deadline: it is committed together with the outcome.
 */
public interface HandlerContext {

  /** Returns the name under which the configuration has the handler. */
  String handler();

  /**
   * Publishes a message: it is committed with the outcome, and sent after that.
   *
   * <p>A draft without an id gets one that depends on the handler, the message and how many were
   * published before in this call; so a message that is handed over again leads to the same ids. In
   * a dry run this is recorded, and nothing is published.
   *
   * @return the id that the message will have
   * @throws IllegalStateException if too many are published in one call
   */
  MessageId publish(Draft draft);

  /** Returns what the handler remembers. */
  HandlerState state();

  /** Returns the clock to go by. */
  InstantSource clock();

  /**
   * Tells whether nothing may be changed outside. A handler then says by {@link #explain} what it
   * would do, and answers as if it had done it.
   */
  boolean isDryRun();

  /** Adds a line to the recorded decision, which {@code peal explain} shows. */
  void explain(String text);

  /**
   * Records the decision in full, to be found by its labels with {@link
   * org.peal.store.Decisions#find}. It is committed with the outcome, in a dry run too, and with
   * the last retry when the message becomes a dead letter; the last one of a call counts.
   *
   * @param decision at most 256 Ki characters of JSON
   * @param labels values by kind, such as a tag; at most 1,000
   * @throws IllegalArgumentException if that is more
   */
  void record(String decision, Map<String, Set<String>> labels);

  /** Tells whether the message may have been handed over before, wholly or in part. */
  boolean isRedelivered();

  /** Returns which attempt this is, 1 for the first. */
  int attempt();
}
