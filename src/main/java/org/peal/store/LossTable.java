package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table of losses. Used only within its transaction. */
public final class LossTable implements Losses {

  private static final String COLUMNS =
      "SELECT stream, publisher, first_seq_id, last_seq_id, reason, found FROM loss ";
  private static final String BY_STREAM = COLUMNS + "WHERE stream = ? ORDER BY first_seq_id, id";
  private static final String LATEST = COLUMNS + "ORDER BY id DESC LIMIT ?";
  private static final String ADD =
      """
      INSERT INTO loss (stream, publisher, first_seq_id, last_seq_id, reason, found)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (stream, first_seq_id, last_seq_id) DO NOTHING
      """;
  private static final String PURGE =
      "DELETE FROM loss WHERE id IN (SELECT id FROM loss WHERE found < ? ORDER BY id LIMIT ?)";

  private final Session session;

  LossTable(Session session) {
    this.session = session;
  }

  @Override
  public List<Loss> latest(int limit) {
    return session.all(LATEST, LossTable::row, limit);
  }

  @Override
  public List<Loss> list(String stream) {
    return session.all(BY_STREAM, LossTable::row, stream);
  }

  /** Records a loss; tells whether it was new, judged by stream and range. */
  public boolean add(Loss loss) {
    int added =
        session.update(
            ADD,
            loss.stream(),
            loss.publisher(),
            loss.first(),
            loss.last(),
            loss.reason(),
            loss.when().toEpochMilli());
    return added > 0;
  }

  /**
   * Forgets the oldest losses from before a time.
   *
   * @return how many were forgotten; fewer than the limit when no more are left
   */
  public int purge(Instant before, int limit) {
    return session.update(PURGE, before.toEpochMilli(), limit);
  }

  private static Loss row(ResultSet row) throws SQLException {
    return new Loss(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getString(5),
        Instant.ofEpochMilli(row.getLong(6)));
  }
}
