package org.peal.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.peal.PealException.Category;

/**
 * The writer's side of the log: appends and deletes within the transaction under way. Used by the
 * writer's thread only.
 */
final class LogAppender {

  private static final String INSERT =
      "INSERT INTO message (seq_id, msg_id, topic, seconds, payload) VALUES (?, ?, ?, ?, ?)";
  private static final String KEEP =
      "UPDATE log SET first_seq_id = ?, last_seq_id = ?, bytes = ? WHERE id = 1";
  private static final String DELETE = "DELETE FROM message WHERE seq_id <= ?";
  private static final String BY_ID = "SELECT seq_id FROM message WHERE msg_id = ?";

  private final Session session;
  private final Failures failures;
  private Extent saved;
  private Extent extent;

  LogAppender(Session session, Failures failures, Extent extent) {
    this.session = session;
    this.failures = failures;
    this.saved = extent;
    this.extent = extent;
  }

  /** Returns what the log will hold when the transaction under way commits. */
  Extent extent() {
    return extent;
  }

  /** Goes back to what {@link #extent()} was. */
  void reset(Extent earlier) {
    extent = earlier;
  }

  void append(List<StoredMessage> messages) {
    if (messages.isEmpty()) {
      return;
    }
    long next = extent.last();
    long weight = 0;
    for (StoredMessage message : messages) {
      next++;
      if (message.sequenceId() != next) {
        throw failures.failure(
            Category.PERMANENT,
            "takes sequence ids without holes: expected " + next + ", got " + message.sequenceId());
      }
      weight += Extent.weight(message.payload().length);
    }
    try {
      session.attempt(() -> insert(messages));
    } catch (StoreException e) {
      throw explain(e, messages);
    }
    extent = extent.plus(messages.size(), weight);
  }

  private boolean insert(List<StoredMessage> messages) throws SQLException {
    PreparedStatement insert = session.prepare(INSERT);
    for (StoredMessage message : messages) {
      insert.setLong(1, message.sequenceId());
      insert.setString(2, message.id().value());
      insert.setString(3, message.topic().value());
      insert.setLong(4, message.seconds());
      insert.setBytes(5, message.payload());
      insert.addBatch();
    }
    insert.executeBatch();
    return true;
  }

  /** The database does not say which row it refuses. */
  private StoreException explain(StoreException refused, List<StoredMessage> messages) {
    if (refused.category() != Category.PERMANENT) {
      return refused;
    }
    for (StoredMessage message : messages) {
      long known = session.number(BY_ID, message.id().value());
      if (known != 0 && known != message.sequenceId()) {
        return failures.failure(
            Category.PERMANENT,
            "holds message id " + message.id() + " already, as sequence id " + known,
            refused);
      }
    }
    return refused;
  }

  /** Deletes the oldest messages, up to a sequence id, which count so many bytes together. */
  void delete(long through, long weight) {
    session.update(DELETE, through);
    extent = extent.minus(through - extent.first() + 1, weight);
  }

  /** Writes down the extent if it changed since it was written last. */
  void flush() {
    if (!extent.equals(saved)) {
      session.update(KEEP, extent.first(), extent.last(), extent.bytes());
    }
  }

  /** Takes note that what was flushed is committed. */
  void committed() {
    saved = extent;
  }

  /** Forgets what was not committed. */
  void rolledBack() {
    extent = saved;
  }
}
