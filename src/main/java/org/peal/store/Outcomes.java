package org.peal.store;

import java.util.List;
import java.util.Optional;
import org.peal.message.MessageId;

/** The outcomes as one transaction sees them. Used only within it. */
public sealed interface Outcomes permits OutcomeTable {

  /** Tells whether a handler has an outcome for a message. */
  Acquaintance check(MessageKey key);

  /** Tells the same of some keys of one handler, in their order; looks them up together. */
  List<Acquaintance> check(List<MessageKey> keys);

  /** Returns what became of a message, at every handler, the oldest first. */
  List<HandledMessage> find(MessageId id);

  /**
   * Returns outcomes of a handler, the oldest first.
   *
   * @param skipped how many to leave out at the beginning
   */
  List<HandledMessage> list(String handler, long skipped, int limit);

  /** Returns the last outcome of a handler, if it has any. */
  Optional<HandledMessage> last(String handler);

  /** Returns how many outcomes a handler has; reads them all. */
  long count(String handler);

  /**
   * Returns the outcomes of all handlers, counted once for each message, however handlers call it;
   * reads them all.
   */
  List<OutcomeCount> counts();

  /** Returns some of the outcomes of a handler, at most so many. */
  List<HandledMessage> ofHandler(String handler, int limit);
}
