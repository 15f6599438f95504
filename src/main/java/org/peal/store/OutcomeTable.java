package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.message.MessageId;

/**
 * The table of outcomes: one row for each handler and message. Copies of a message share the {@link
 * MessageId#dedupKey()}; copies that say something else or are by another signer have rows of their
 * own, so that a stranger who uses an id again neither hides a message nor is handled twice. Used
 * only within its transaction.
 */
public final class OutcomeTable implements Outcomes {

  private static final String COLUMNS =
      "SELECT handler, msg_id, content_hash, signer, outcome, why, lines, handled FROM outcome ";
  private static final String KNOWN =
      COLUMNS + "WHERE handler = ? AND dedup_key = ? ORDER BY handled, content_hash, signer";

  /** Steps from handler to handler, because the index begins with them: there are only a few. */
  private static final String FIND =
      """
      WITH RECURSIVE known(handler) AS (
        SELECT min(handler) FROM outcome
        UNION ALL
        SELECT (SELECT min(o.handler) FROM outcome o WHERE o.handler > known.handler)
        FROM known WHERE known.handler IS NOT NULL)
      """
          + COLUMNS
          + "WHERE handler IN (SELECT handler FROM known) AND dedup_key = ?"
          + " ORDER BY handled, handler";

  private static final String OF_HANDLER = COLUMNS + "WHERE handler = ? LIMIT ?";
  private static final String LAST =
      COLUMNS + "WHERE handler = ? ORDER BY handled DESC, rowid DESC LIMIT 1";
  private static final String LIST =
      COLUMNS + "WHERE handler = ? ORDER BY handled, rowid LIMIT ? OFFSET ?";
  private static final String INSERT =
      """
      INSERT INTO outcome
      (handler, dedup_key, msg_id, content_hash, signer, outcome, why, lines, handled)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_NEW = INSERT + "ON CONFLICT DO NOTHING";
  private static final String COUNT = "SELECT count(*) FROM outcome WHERE handler = ?";
  private static final String COUNTS =
      """
      SELECT handler, outcome, count(*), max(handled) FROM outcome
      WHERE content_hash <> ? GROUP BY handler, outcome ORDER BY handler, outcome
      """;
  private static final String FORGET = "DELETE FROM outcome WHERE handler = ?";
  private static final String FORGET_ONE =
      "DELETE FROM outcome WHERE handler = ? AND dedup_key = ? AND content_hash = ? AND signer = ?";
  private static final String PURGE =
      """
      DELETE FROM outcome WHERE rowid IN
      (SELECT rowid FROM outcome WHERE handled < ? ORDER BY handled LIMIT ?)
      """;

  private static final String PURGE_ONE =
      """
      DELETE FROM outcome WHERE rowid IN
      (SELECT rowid FROM outcome WHERE handled < ? AND handler = ? ORDER BY handled LIMIT ?)
      """;

  private final Session session;

  OutcomeTable(Session session) {
    this.session = session;
  }

  @Override
  public Acquaintance check(MessageKey key) {
    List<HandledMessage> known =
        session.all(KNOWN, OutcomeTable::row, key.handler(), key.id().dedupKey());
    if (known.isEmpty()) {
      return new Acquaintance.New();
    }
    return known.stream()
        .filter(k -> k.key().isSameAs(key))
        .findFirst()
        .<Acquaintance>map(Acquaintance.Same::new)
        .orElseGet(() -> new Acquaintance.Conflict(known.get(0)));
  }

  /**
   * Records an outcome unless the handler has one for this very message, which then stays.
   *
   * @return what {@link #check} said just before
   */
  public Acquaintance record(HandledMessage handled) {
    MessageKey key = handled.key();
    Acquaintance known = check(key);
    if (!(known instanceof Acquaintance.Same)) {
      insert(INSERT, handled);
    }
    return known;
  }

  private void insert(String sql, HandledMessage handled) {
    MessageKey key = handled.key();
    session.update(
        sql,
        key.handler(),
        key.id().dedupKey(),
        key.id().value(),
        key.contentHash(),
        key.signerText(),
        handled.outcome(),
        handled.why(),
        Lines.join(handled.lines()),
        handled.when().toEpochMilli());
  }

  /** Records an outcome of which {@link #check} has said, a moment ago, that it is new. */
  public void add(HandledMessage handled) {
    insert(INSERT_NEW, handled);
  }

  @Override
  public List<HandledMessage> find(MessageId id) {
    return session.all(FIND, OutcomeTable::row, id.dedupKey());
  }

  @Override
  public List<HandledMessage> list(String handler, long skipped, int limit) {
    return session.all(LIST, OutcomeTable::row, handler, limit, skipped);
  }

  @Override
  public Optional<HandledMessage> last(String handler) {
    return session.first(LAST, OutcomeTable::row, handler);
  }

  @Override
  public List<HandledMessage> ofHandler(String handler, int limit) {
    return session.all(OF_HANDLER, OutcomeTable::row, handler, limit);
  }

  @Override
  public long count(String handler) {
    return session.number(COUNT, handler);
  }

  @Override
  public List<OutcomeCount> counts() {
    return session.all(
        COUNTS,
        row ->
            new OutcomeCount(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                Instant.ofEpochMilli(row.getLong(4))),
        MessageKey.NO_CONTENT);
  }

  /**
   * Forgets the oldest outcomes from before a time.
   *
   * @param limit the most to forget in this transaction, at least 1
   * @return how many were forgotten; fewer than the limit when no more are left
   */
  public int purge(Instant before, int limit) {
    return session.update(PURGE, before.toEpochMilli(), limit);
  }

  /** Forgets the oldest outcomes of one handler; otherwise as {@link #purge(Instant, int)}. */
  public int purge(String handler, Instant before, int limit) {
    return session.update(PURGE_ONE, before.toEpochMilli(), handler, limit);
  }

  /** Forgets all outcomes of a handler, so that it may do again what it is made to go back to. */
  public void forget(String handler) {
    session.update(FORGET, handler);
  }

  /** Forgets what became of a message, so that it may be handled again. */
  public void forget(MessageKey key) {
    for (HandledMessage known :
        session.all(KNOWN, OutcomeTable::row, key.handler(), key.id().dedupKey())) {
      MessageKey own = known.key();
      if (own.isSameAs(key)) {
        session.update(
            FORGET_ONE, own.handler(), own.id().dedupKey(), own.contentHash(), own.signerText());
      }
    }
  }

  private static HandledMessage row(ResultSet row) throws SQLException {
    return new HandledMessage(
        MessageKey.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
        row.getString(5),
        row.getString(6),
        Lines.split(row.getString(7)),
        Instant.ofEpochMilli(row.getLong(8)));
  }
}
