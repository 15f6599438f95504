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

  private static final String FIND =
      """
      SELECT handler, msg_id, content_hash, signer, outcome, why, handled FROM outcome
      WHERE handler = ? AND dedup_key = ? ORDER BY handled, content_hash, signer
      """;
  private static final String INSERT =
      """
      INSERT INTO outcome
      (handler, dedup_key, msg_id, content_hash, signer, outcome, why, handled)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String COUNT = "SELECT count(*) FROM outcome WHERE handler = ?";
  private static final String FORGET = "DELETE FROM outcome WHERE handler = ?";
  private static final String PURGE =
      """
      DELETE FROM outcome WHERE rowid IN
      (SELECT rowid FROM outcome WHERE handled < ? ORDER BY handled LIMIT ?)
      """;

  /** Stands for no signer: a key of a table must not be null. */
  private static final String NOBODY = "";

  private final Session session;

  OutcomeTable(Session session) {
    this.session = session;
  }

  @Override
  public Acquaintance check(
      String handler, MessageId id, String contentHash, Optional<String> signer) {
    List<HandledMessage> known = session.all(FIND, OutcomeTable::row, handler, id.dedupKey());
    if (known.isEmpty()) {
      return new Acquaintance.New();
    }
    return known.stream()
        .filter(k -> k.isSameAs(contentHash, signer))
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
    Acquaintance known =
        check(handled.handler(), handled.id(), handled.contentHash(), handled.signer());
    if (!(known instanceof Acquaintance.Same)) {
      session.update(
          INSERT,
          handled.handler(),
          handled.id().dedupKey(),
          handled.id().value(),
          handled.contentHash(),
          handled.signer().orElse(NOBODY),
          handled.outcome(),
          handled.why(),
          handled.when().toEpochMilli());
    }
    return known;
  }

  @Override
  public long count(String handler) {
    return session.number(COUNT, handler);
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

  /** Forgets all outcomes of a handler, so that it may do again what it is made to go back to. */
  public void forget(String handler) {
    session.update(FORGET, handler);
  }

  private static HandledMessage row(ResultSet row) throws SQLException {
    String signer = row.getString(4);
    return new HandledMessage(
        row.getString(1),
        new MessageId(row.getString(2)),
        row.getString(3),
        signer.equals(NOBODY) ? Optional.empty() : Optional.of(signer),
        row.getString(5),
        row.getString(6),
        Instant.ofEpochMilli(row.getLong(7)));
  }
}
