package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.peal.message.MessageId;
import org.peal.message.Topic;

/** Reads rows of the message table. Stateless. */
final class MessageRows {

  private static final String COLUMNS =
      "SELECT seq_id, msg_id, topic, seconds, payload FROM message ";
  private static final String RANGE =
      COLUMNS + "WHERE seq_id BETWEEN ? AND ? ORDER BY seq_id LIMIT ?";
  private static final String ONE = COLUMNS + "WHERE seq_id = ?";
  private static final String BY_ID = COLUMNS + "WHERE msg_id = ?";

  private MessageRows() {}

  static Optional<StoredMessage> find(Session session, MessageId id) {
    return session.first(BY_ID, MessageRows::row, id.value());
  }

  /** Returns messages of a range, both ends included, as many as the limit lets in. */
  static List<StoredMessage> range(Session session, long first, long last, Page.Limit limit) {
    return session.attempt(
        () -> {
          List<StoredMessage> page = new ArrayList<>();
          long room = limit.bytes();
          try (ResultSet rows =
              session.bound(RANGE, first, last, limit.messages()).executeQuery()) {
            while (rows.next()) {
              StoredMessage message = row(rows);
              room -= message.payload().length;
              if (room < 0 && !page.isEmpty()) {
                break;
              }
              page.add(message);
            }
          }
          return page;
        });
  }

  /** Returns the messages with these sequence ids, in their order, as many as the limit lets in. */
  static List<StoredMessage> each(Session session, SortedSet<Long> sequenceIds, Page.Limit limit) {
    if (isRange(sequenceIds)) {
      return range(session, sequenceIds.first(), sequenceIds.last(), limit);
    }
    List<StoredMessage> page = new ArrayList<>();
    long room = limit.bytes();
    for (Long sequenceId : sequenceIds) {
      Optional<StoredMessage> message = session.first(ONE, MessageRows::row, sequenceId);
      if (message.isEmpty()) {
        continue;
      }
      room -= message.get().payload().length;
      if (page.size() == limit.messages() || room < 0 && !page.isEmpty()) {
        break;
      }
      page.add(message.get());
    }
    return page;
  }

  private static boolean isRange(SortedSet<Long> ids) {
    return !ids.isEmpty() && ids.last() - ids.first() == ids.size() - 1;
  }

  private static StoredMessage row(ResultSet row) throws SQLException {
    return new StoredMessage(
        row.getLong(1),
        new MessageId(row.getString(2)),
        new Topic(row.getString(3)),
        row.getLong(4),
        row.getBytes(5));
  }
}
