package org.peal.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
        public CompletableFuture<?> append(List<StoredMessage> messages, List<Rows> rows) {
          return CompletableFuture.completedFuture(null);
        }
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
   * Begins to store messages, all or none, behind those of earlier calls. Called by one thread,
   * which need not wait for the end of one call before the next.
   *
   * @param messages the next ones in the order of their sequence ids
   * @param rows for each message what is written with the same commit
   * @return done when they are safe; failed with a {@link org.peal.store.StoreException} if nothing
   *     was stored, as when a call before this one has failed. Completed on a thread that must not
   *     wait.
   */
  CompletableFuture<?> append(List<StoredMessage> messages, List<Rows> rows);
}
