package org.peal.store;

import java.util.Optional;
import org.peal.message.MessageId;

/**
 * A publisher's log as everybody but its writer sees it. Thread-safe.
 *
 * <p>Sequence ids have no holes: each message has the id of the one before plus 1. Retention takes
 * messages away from the beginning, never from the middle, and never lowers {@link
 * #lastSequenceId()}.
 */
public interface MessageStore {

  /** Returns the identity of this log. */
  StreamId stream();

  /** Returns the sequence id of the message that was stored last, 0 if there never was one. */
  long lastSequenceId();

  /**
   * Returns the sequence id of the oldest message that is still here, last + 1 if there is none.
   */
  long firstSequenceId();

  /**
   * Returns some of the messages that are asked for, read in one short transaction.
   *
   * @param after only messages with a greater sequence id; 0 for all
   * @throws StoreException if the store cannot be read
   */
  Page read(ReplayQuery query, long after, Page.Limit limit);

  /**
   * Returns the message with an id, if it is still here.
   *
   * @throws StoreException if the store cannot be read
   */
  Optional<StoredMessage> find(MessageId id);
}
