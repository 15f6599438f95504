package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.message.MessageId;

/** The table of what has no outcome yet. Used only within its transaction. */
public final class RetryJournalTable implements RetryJournal {

  private static final String COLUMNS =
      """
      SELECT id, handler, msg_id, content_hash, signer, message, attempts, due, since, why, lines
      FROM journal
      """;
  private static final String KNOWN = COLUMNS + "WHERE handler = ? AND dedup_key = ? ORDER BY id";
  private static final String BY_ID = COLUMNS + "WHERE id = ?";
  private static final String BY_MESSAGE = COLUMNS + "WHERE dedup_key = ? ORDER BY id";
  private static final String DUE = COLUMNS + "WHERE handler = ? AND due <= ? ORDER BY id LIMIT ?";
  private static final String SIZE = "SELECT count(*) FROM journal WHERE handler = ?";
  private static final String ADD =
      """
      INSERT INTO journal
      (handler, dedup_key, msg_id, content_hash, signer, message, attempts, due, since, why, lines)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')
      RETURNING id
      """;
  private static final String HAND_OVER =
      "UPDATE journal SET attempts = attempts + 1, due = ? WHERE id = ?";
  private static final String POSTPONE =
      "UPDATE journal SET due = ?, why = ?, lines = ? WHERE id = ?";
  private static final String HOLD =
      """
      UPDATE journal SET attempts = attempts - 1, since = ?, due = ?, why = ?, lines = ?
      WHERE id = ?
      """;
  private static final String DELETE = "DELETE FROM journal WHERE id = ?";

  private final Session session;

  RetryJournalTable(Session session) {
    this.session = session;
  }

  @Override
  public Optional<JournalEntry> find(MessageKey key) {
    return session.all(KNOWN, RetryJournalTable::row, key.handler(), key.id().dedupKey()).stream()
        .filter(entry -> entry.key().isSameAs(key))
        .findFirst();
  }

  @Override
  public Optional<JournalEntry> find(long id) {
    return session.first(BY_ID, RetryJournalTable::row, id);
  }

  @Override
  public List<JournalEntry> find(MessageId id) {
    return session.all(BY_MESSAGE, RetryJournalTable::row, id.dedupKey());
  }

  @Override
  public List<JournalEntry> due(String handler, Instant now, int limit) {
    return session.all(DUE, RetryJournalTable::row, handler, now.toEpochMilli(), limit);
  }

  @Override
  public long size(String handler) {
    return session.number(SIZE, handler);
  }

  /**
   * Adds a message that has no entry.
   *
   * @param attempts how often it is handed over by that: 1, or 0 if it only waits
   * @return its place
   */
  public long add(MessageKey key, String message, int attempts, Instant now) {
    return session.number(
        ADD,
        key.handler(),
        key.id().dedupKey(),
        key.id().value(),
        key.contentHash(),
        key.signerText(),
        message,
        attempts,
        now.toEpochMilli(),
        now.toEpochMilli());
  }

  /** Notes that an entry is handed over once more; should that end badly it is due at once. */
  public void handOver(long id, Instant now) {
    session.update(HAND_OVER, now.toEpochMilli(), id);
  }

  /** Notes that an entry is to be handed over again, and why. */
  public void postpone(long id, Instant due, String why, List<String> lines) {
    session.update(POSTPONE, due.toEpochMilli(), why, Lines.join(lines), id);
  }

  /**
   * Notes that an entry is to be handed over again, and why, as if it had not been handed over the
   * last time.
   *
   * @param since from when on its age counts
   */
  public void hold(long id, Instant since, Instant due, String why, List<String> lines) {
    session.update(HOLD, since.toEpochMilli(), due.toEpochMilli(), why, Lines.join(lines), id);
  }

  /** Removes an entry. */
  public void delete(long id) {
    session.update(DELETE, id);
  }

  private static JournalEntry row(ResultSet row) throws SQLException {
    return new JournalEntry(
        row.getLong(1),
        MessageKey.of(row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
        row.getString(6),
        row.getInt(7),
        Instant.ofEpochMilli(row.getLong(8)),
        Instant.ofEpochMilli(row.getLong(9)),
        row.getString(10),
        Lines.split(row.getString(11)));
  }
}
