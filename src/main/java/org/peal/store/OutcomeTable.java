package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /**
   * What the index holds of a dedup key: of a UUID only ten digits from its beginning, which in ids
   * of our own are a quarter of a second, and four from its end, since an index of whole ones is
   * larger than all else. Other keys, as those that handlers give, may differ in the middle only.
   * Who looks for a key still compares all of it.
   */
  static final String PART_OF_KEY = part("dedup_key");

  private static final String WITH_KEY =
      "WHERE "
          + PART_OF_KEY
          + " = (SELECT "
          + part("sought.id")
          + " FROM (SELECT ? AS id) sought) AND dedup_key = ? ";
  private static final String KNOWN =
      COLUMNS + WITH_KEY + "AND handler = ? ORDER BY handled, content_hash, signer";
  static final String FIND = COLUMNS + WITH_KEY + "ORDER BY handled, handler";

  /** Keys that one statement looks for. */
  static final int AT_ONCE = 64;

  /** Up to so many keys are sought one by one: the statement for many always seeks 64. */
  private static final int FEW = 4;

  /** The order of the join is the one of its text: each key is sought in the index. */
  static final String KNOWN_OF_MANY =
      "WITH sought(id) AS (VALUES "
          + String.join(", ", Collections.nCopies(AT_ONCE, "(?)"))
          + ") "
          + COLUMNS.replace("FROM outcome ", "FROM sought CROSS JOIN outcome WHERE ")
          + PART_OF_KEY
          + " = "
          + part("sought.id")
          + " AND dedup_key = sought.id AND handler = ? ORDER BY handled, content_hash, signer";

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

  /**
   * Asked before the insertion, not within: what inserts the rows of a query counts as several
   * steps, and SQLite then notes all that changes so that it could undo them one by one.
   */
  private static final String HAS =
      "SELECT count(*) FROM outcome "
          + WITH_KEY
          + "AND handler = ? AND content_hash = ? AND signer = ?";

  private static final String COUNT = "SELECT count(*) FROM outcome WHERE handler = ?";
  private static final String COUNTS =
      """
      SELECT handler, outcome, count(*), max(handled) FROM outcome
      WHERE content_hash <> ? GROUP BY handler, outcome ORDER BY handler, outcome
      """;
  private static final String FORGET = "DELETE FROM outcome WHERE handler = ?";
  private static final String FORGET_ONE =
      "DELETE FROM outcome " + WITH_KEY + "AND handler = ? AND content_hash = ? AND signer = ?";
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
    return acquaintance(key, known(key));
  }

  @Override
  public List<Acquaintance> check(List<MessageKey> keys) {
    List<Acquaintance> all = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += AT_ONCE) {
      List<MessageKey> share = keys.subList(i, Math.min(keys.size(), i + AT_ONCE));
      if (share.size() <= FEW) {
        share.forEach(key -> all.add(check(key)));
        continue;
      }
      Map<String, List<HandledMessage>> known = known(share);
      share.forEach(
          key -> all.add(acquaintance(key, known.getOrDefault(key.id().dedupKey(), List.of()))));
    }
    return all;
  }

  private static Acquaintance acquaintance(MessageKey key, List<HandledMessage> known) {
    if (known.isEmpty()) {
      return new Acquaintance.New();
    }
    return known.stream()
        .filter(k -> k.key().isSameAs(key))
        .findFirst()
        .<Acquaintance>map(Acquaintance.Same::new)
        .orElseGet(() -> new Acquaintance.Conflict(known.get(0)));
  }

  private List<HandledMessage> known(MessageKey key) {
    String id = key.id().dedupKey();
    return session.all(KNOWN, OutcomeTable::row, id, id, key.handler());
  }

  /** Returns what is known of some keys, at least one, by their dedup keys. */
  private Map<String, List<HandledMessage>> known(List<MessageKey> keys) {
    Object[] values = new Object[AT_ONCE + 1];
    for (int i = 0; i < AT_ONCE; i++) {
      // Ids that are too few are filled up with one of them, which is found once more for each.
      values[i] = keys.get(Math.min(i, keys.size() - 1)).id().dedupKey();
    }
    values[AT_ONCE] = keys.get(0).handler();
    return session.all(KNOWN_OF_MANY, OutcomeTable::row, values).stream()
        .collect(Collectors.groupingBy(known -> known.key().id().dedupKey()));
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
      insert(handled);
    }
    return known;
  }

  /** Records an outcome that the handler is known not to have. */
  public void addNew(HandledMessage handled) {
    insert(handled);
  }

  private void insert(HandledMessage handled) {
    MessageKey key = handled.key();
    session.update(
        INSERT,
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

  /**
   * Records an outcome that {@link #check}, a moment ago, said is new; if it is, still, and tells
   * whether it is.
   */
  public boolean add(HandledMessage handled) {
    MessageKey key = handled.key();
    String id = key.id().dedupKey();
    boolean isNew =
        session.number(HAS, id, id, key.handler(), key.contentHash(), key.signerText()) == 0;
    if (isNew) {
      insert(handled);
    }
    return isNew;
  }

  @Override
  public List<HandledMessage> find(MessageId id) {
    String key = id.dedupKey();
    return session.all(FIND, OutcomeTable::row, key, key);
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
    for (HandledMessage known : known(key)) {
      MessageKey own = known.key();
      if (own.isSameAs(key)) {
        String id = own.id().dedupKey();
        session.update(FORGET_ONE, id, id, own.handler(), own.contentHash(), own.signerText());
      }
    }
  }

  private static String part(String key) {
    return """
    CASE WHEN length(%1$s) = 36 AND substr(%1$s, 9, 1) = '-'
    THEN substr(%1$s, 1, 8) || substr(%1$s, 10, 2) || substr(%1$s, 33) ELSE %1$s END\
    """
        .formatted(key);
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
