package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table of open gaps. Used only within its transaction. */
public final class OpenGapTable implements OpenGaps {

  private static final String COLUMNS =
      "SELECT name, stream, publisher, first_seq_id, last_seq_id, reason, since FROM open_gap ";
  private static final String BY_NAME = COLUMNS + "WHERE name = ? ORDER BY stream, first_seq_id";
  private static final String ALL = COLUMNS + "ORDER BY name, stream, first_seq_id";
  private static final String MEETING =
      COLUMNS + "WHERE name = ? AND stream = ? AND first_seq_id <= ? AND last_seq_id >= ?";
  private static final String ADD =
      """
      INSERT INTO open_gap (name, stream, publisher, first_seq_id, last_seq_id, reason, since)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (name, stream, first_seq_id) DO UPDATE SET last_seq_id = excluded.last_seq_id
      """;
  private static final String DELETE =
      "DELETE FROM open_gap WHERE name = ? AND stream = ? AND first_seq_id = ?";
  private static final String FORGET = "DELETE FROM open_gap WHERE name = ? AND stream = ?";

  private final Session session;

  OpenGapTable(Session session) {
    this.session = session;
  }

  @Override
  public List<OpenGap> list(String name) {
    return session.all(BY_NAME, OpenGapTable::row, name);
  }

  @Override
  public List<OpenGap> list() {
    return session.all(ALL, OpenGapTable::row);
  }

  /** Adds a gap, which no other one of its subscriber and stream overlaps. */
  public void add(OpenGap gap) {
    session.update(
        ADD,
        gap.name(),
        gap.stream(),
        gap.publisher(),
        gap.first(),
        gap.last(),
        gap.reason(),
        gap.since().toEpochMilli());
  }

  /** Takes sequence ids out of the gaps: they came, or are lost for certain. */
  public void close(String name, String stream, long first, long last) {
    for (OpenGap gap : session.all(MEETING, OpenGapTable::row, name, stream, last, first)) {
      session.update(DELETE, name, stream, gap.first());
      if (gap.first() < first) {
        add(gap.below(first));
      }
      if (gap.last() > last) {
        add(gap.above(last));
      }
    }
  }

  /** Forgets the gaps of a subscriber in a stream. */
  public void forget(String name, String stream) {
    session.update(FORGET, name, stream);
  }

  private static OpenGap row(ResultSet row) throws SQLException {
    return new OpenGap(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        row.getString(6),
        Instant.ofEpochMilli(row.getLong(7)));
  }
}
