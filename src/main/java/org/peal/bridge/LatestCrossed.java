package org.peal.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import org.peal.store.Acquaintance;
import org.peal.store.HandledMessage;
import org.peal.store.MessageKey;

/** What was handed on last, until the store is sure to know of it. Used by one thread. */
final class LatestCrossed {

  private final Map<String, HandledMessage> latest;

  /** Makes one that remembers so many. */
  LatestCrossed(int most) {
    latest =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, HandledMessage> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * Tells what is known of a message, and remembers it if it is new.
   *
   * @param stored what the store knew of it when it was asked
   */
  Acquaintance check(HandledMessage message, Acquaintance stored) {
    if (stored instanceof Acquaintance.Same) {
      return stored;
    }
    MessageKey key = message.key();
    HandledMessage before = latest.get(key.id().dedupKey());
    if (before != null) {
      return before.key().isSameAs(key)
          ? new Acquaintance.Same(before)
          : new Acquaintance.Conflict(before);
    }
    if (stored instanceof Acquaintance.New) {
      latest.put(key.id().dedupKey(), message);
    }
    return stored;
  }
}
