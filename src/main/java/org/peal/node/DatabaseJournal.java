package org.peal.node;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.store.Database;
import org.peal.store.StoredMessage;
import org.peal.store.StreamId;
import org.peal.stream.Rows;

/** The log of a node's database as its publisher sees it. Thread-safe. */
record DatabaseJournal(Database database) implements Journal {

  @Override
  public Optional<StreamId> stream() {
    return Optional.of(database.log().stream());
  }

  @Override
  public long lastSequenceId() {
    return database.log().lastSequenceId();
  }

  @Override
  public Optional<Published> find(MessageId id) {
    return database
        .log()
        .find(id)
        .map(found -> new Published(found.id(), OptionalLong.of(found.sequenceId())));
  }

  /** {@inheritDoc} The log refuses what does not go on where it ends, as behind a failure. */
  @Override
  public CompletableFuture<?> append(List<StoredMessage> messages, List<Rows> rows) {
    return database.write(
        transaction -> {
          transaction.append(messages);
          rows.forEach(each -> each.write(transaction));
          return true;
        });
  }
}
