package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;

/** The table of what waits to be published. Used only within its transaction. */
public final class OutboxTable implements Outbox {

  private static final String NEXT =
      """
      SELECT id, msg_id, topic, body, headers, severity, cert_prefix, username, created, handler,
      bus FROM outbox WHERE bus = ? AND id > ? ORDER BY id LIMIT ?
      """;
  private static final String OF_HANDLER =
      """
      SELECT id, msg_id, topic, body, headers, severity, cert_prefix, username, created, handler,
      bus FROM outbox WHERE handler = ? ORDER BY id LIMIT ?
      """;
  private static final String ADD =
      """
      INSERT INTO outbox
      (msg_id, topic, body, headers, severity, cert_prefix, username, created, handler, bus)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (msg_id) DO NOTHING
      """;

  /**
   * Asked separately: what returns rows counts as several steps, and SQLite then notes all that
   * changes so that it could undo them one by one, which costs more than the row.
   */
  private static final String ROW = "SELECT id FROM outbox WHERE msg_id = ?";

  private static final String DELETE = "DELETE FROM outbox WHERE id = ?";
  private static final String DELETE_ONE = "DELETE FROM outbox WHERE bus = ? AND msg_id = ?";
  private static final String DELETE_SPAN =
      "DELETE FROM outbox WHERE bus = ? AND id BETWEEN ? AND ?";
  private static final String LAST = "SELECT max(id) FROM outbox WHERE bus = ?";
  private static final String SIZE = "SELECT count(*) FROM outbox WHERE bus = ?";

  private final Session session;

  OutboxTable(Session session) {
    this.session = session;
  }

  @Override
  public List<OutboxRow> first(String bus, int limit) {
    return next(bus, 0, limit);
  }

  @Override
  public List<OutboxRow> next(String bus, long after, int limit) {
    return session.all(NEXT, OutboxTable::row, bus, after, limit);
  }

  @Override
  public List<OutboxRow> ofHandler(String handler, int limit) {
    return session.all(OF_HANDLER, OutboxTable::row, handler, limit);
  }

  @Override
  public long size(String bus) {
    return session.number(SIZE, bus);
  }

  @Override
  public long last(String bus) {
    return session.number(LAST, bus);
  }

  /** Puts a message behind the others; tells whether it was new, judged by its message id. */
  public boolean add(OutboxMessage message) {
    return session.update(
            ADD,
            message.id().value(),
            message.topic().value(),
            message.body(),
            message.headers(),
            message.severity().number(),
            message.certPrefix().orElse(null),
            message.username().orElse(null),
            message.created().toEpochMilli(),
            message.handler().orElse(null),
            message.bus())
        > 0;
  }

  /** Does the same, and returns the row; empty if the message is not new. */
  public Optional<Long> place(OutboxMessage message) {
    return add(message)
        ? session.first(ROW, row -> row.getLong(1), message.id().value())
        : Optional.empty();
  }

  /** Removes the messages of a bus in a range of rows, both ends included; returns how many. */
  public int delete(String bus, long first, long last) {
    return session.update(DELETE_SPAN, bus, first, last);
  }

  /** Removes a message by its row; tells whether it was there. */
  public boolean delete(long row) {
    return session.update(DELETE, row) > 0;
  }

  /** Removes the message of a bus with an id; tells whether it was there. */
  public boolean delete(String bus, MessageId id) {
    return session.update(DELETE_ONE, bus, id.value()) > 0;
  }

  private static OutboxRow row(ResultSet row) throws SQLException {
    OutboxMessage message =
        new OutboxMessage(
            new MessageId(row.getString(2)),
            new Topic(row.getString(3)),
            row.getString(4),
            row.getString(5),
            Severity.ofNumber(row.getLong(6)).orElse(Severity.INFO),
            Optional.ofNullable(row.getString(7)),
            Optional.ofNullable(row.getString(8)),
            Instant.ofEpochMilli(row.getLong(9)),
            Optional.ofNullable(row.getString(10)),
            row.getString(11));
    return new OutboxRow(row.getLong(1), message);
  }
}
