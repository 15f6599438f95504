package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of dead letters. Used only within its transaction. */
public final class DeadLetterTable implements DeadLetters {

  private static final String COLUMNS =
      """
      SELECT id, handler, msg_id, content_hash, signer, kind, message, attempts, reason, lines,
      since FROM dead_letter
      """;
  private static final String NEXT = COLUMNS + "WHERE id > ? ORDER BY id LIMIT ?";
  private static final String FIND = COLUMNS + "WHERE id = ?";
  private static final String OF_HANDLER = COLUMNS + "WHERE handler = ? ORDER BY id LIMIT ?";
  private static final String SIZE = "SELECT count(*) FROM dead_letter WHERE handler = ?";
  private static final String ADD =
      """
      INSERT INTO dead_letter
      (handler, msg_id, content_hash, signer, kind, message, attempts, reason, lines, since)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String DELETE = "DELETE FROM dead_letter WHERE id = ?";

  private final Session session;

  DeadLetterTable(Session session) {
    this.session = session;
  }

  @Override
  public List<DeadLetter> next(long after, int limit) {
    return session.all(NEXT, DeadLetterTable::row, after, limit);
  }

  @Override
  public Optional<DeadLetter> find(long id) {
    return session.first(FIND, DeadLetterTable::row, id);
  }

  @Override
  public List<DeadLetter> ofHandler(String handler, int limit) {
    return session.all(OF_HANDLER, DeadLetterTable::row, handler, limit);
  }

  @Override
  public long size(String handler) {
    return session.number(SIZE, handler);
  }

  /** Adds one; its number is given here, whatever it says. */
  public void add(DeadLetter letter) {
    session.update(
        ADD,
        letter.key().handler(),
        letter.key().id().value(),
        letter.key().contentHash(),
        letter.key().signerText(),
        letter.kind().toString(),
        letter.message(),
        letter.attempts(),
        letter.reason(),
        Lines.join(letter.lines()),
        letter.since().toEpochMilli());
  }

  /** Removes one by its number; tells whether it was there. */
  public boolean delete(long id) {
    return session.update(DELETE, id) > 0;
  }

  private static DeadLetter row(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong(1),
        MessageKey.of(row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
        DeadLetter.Kind.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
        row.getString(7),
        row.getInt(8),
        row.getString(9),
        Lines.split(row.getString(10)),
        Instant.ofEpochMilli(row.getLong(11)));
  }
}
