package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.message.MessageId;

/** The table of cursors, one row for each name and stream. Used only within its transaction. */
public final class CursorTable implements Cursors {

  private static final String COLUMNS =
      "SELECT name, stream, publisher, run, seq_id, msg_id, updated FROM cursor";
  private static final String BY_KEY = COLUMNS + " WHERE name = ? AND stream = ?";
  private static final String BY_NAME = COLUMNS + " WHERE name = ? ORDER BY stream";
  private static final String ALL = COLUMNS + " ORDER BY name, stream";
  private static final String PUT =
      """
      INSERT INTO cursor (name, stream, publisher, run, seq_id, msg_id, updated)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (name, stream) DO UPDATE SET publisher = excluded.publisher, run = excluded.run,
      seq_id = excluded.seq_id, msg_id = excluded.msg_id, updated = excluded.updated
      """;
  private static final String DELETE = "DELETE FROM cursor WHERE name = ? AND stream = ?";

  private final Session session;

  CursorTable(Session session) {
    this.session = session;
  }

  @Override
  public Optional<Cursor> find(String name, String stream) {
    return session.first(BY_KEY, CursorTable::row, name, stream);
  }

  @Override
  public List<Cursor> list(String name) {
    return session.all(BY_NAME, CursorTable::row, name);
  }

  @Override
  public List<Cursor> list() {
    return session.all(ALL, CursorTable::row);
  }

  /** Writes a cursor, over the one of the same name and stream if there is one. */
  public void put(Cursor cursor) {
    session.update(
        PUT,
        cursor.name(),
        cursor.stream(),
        cursor.publisher(),
        cursor.run().orElse(null),
        cursor.sequenceId(),
        cursor.messageId().map(MessageId::value).orElse(null),
        cursor.updated().toEpochMilli());
  }

  /** Removes a cursor; tells whether there was one. */
  public boolean delete(String name, String stream) {
    return session.update(DELETE, name, stream) > 0;
  }

  private static Cursor row(ResultSet row) throws SQLException {
    return new Cursor(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Optional.ofNullable(row.getString(4)),
        row.getLong(5),
        Optional.ofNullable(row.getString(6)).map(MessageId::new),
        Instant.ofEpochMilli(row.getLong(7)));
  }
}
