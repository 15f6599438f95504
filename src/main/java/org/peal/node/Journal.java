package org.peal.node;

import java.util.List;
import java.util.Optional;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.store.StoredMessage;
import org.peal.store.StreamId;
import org.peal.stream.Rows;

/**
 * Where a publisher writes down what it accepts, before it is sent. Everything but {@link #append}
 * may be called by any thread.
 */
interface Journal {

  /** Keeps nothing, so messages have no sequence ids. */
  Journal NONE =
      new Journal() {
        @Override
        public Optional<StreamId> stream() {
          return Optional.empty();
        }

        @Override
        public long lastSequenceId() {
          return 0;
        }

        @Override
        public Optional<Published> find(MessageId id) {
          return Optional.empty();
        }

        @Override
        public void append(List<StoredMessage> messages, List<Rows> rows) {}
      };

  /** Returns the identity of the log; empty if nothing is kept. */
  Optional<StreamId> stream();

  /** Returns the sequence id of the message that was stored last, 0 if there never was one. */
  long lastSequenceId();

  /**
   * Returns what was said of a message that is in the log.
   *
   * @throws org.peal.store.StoreException if the log cannot be read
   */
  Optional<Published> find(MessageId id);

  /**
   * Stores messages, all or none, and returns when they are safe. Called by one thread.
   *
   * @param messages the next ones in the order of their sequence ids
   * @param rows for each message what goes with the same commit
   * @throws org.peal.store.StoreException if nothing was stored
   */
  void append(List<StoredMessage> messages, List<Rows> rows);
}
