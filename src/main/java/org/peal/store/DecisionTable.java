package org.peal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peal.message.MessageId;

/** The table of what handlers decided. Used only within its transaction. */
public final class DecisionTable implements Decisions {

  private static final String FIND =
      """
      SELECT d.id, d.handler, d.msg_id, d.made, d.json FROM decision d
      WHERE d.id < ? AND d.made >= ? AND (? = '' OR d.handler = ?)
      """;
  private static final String LABELLED =
      " AND d.id IN (SELECT decision FROM decision_label WHERE kind = ? AND value = ?)";
  private static final String NEWEST = " ORDER BY d.id DESC LIMIT ?";
  private static final String ADD =
      "INSERT INTO decision (handler, msg_id, made, json) VALUES (?, ?, ?, ?) RETURNING id";
  private static final String LABEL =
      "INSERT INTO decision_label (kind, value, decision) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String OLDEST = "SELECT id FROM decision WHERE made < ? ORDER BY id LIMIT ?";
  private static final String DELETE_LABELS = "DELETE FROM decision_label WHERE decision = ?";
  private static final String DELETE = "DELETE FROM decision WHERE id = ?";

  private final Session session;

  DecisionTable(Session session) {
    this.session = session;
  }

  @Override
  public List<Row> find(DecisionQuery query) {
    String handler = query.handler().orElse("");
    List<Object> values = new ArrayList<>();
    values.add(query.before());
    values.add(query.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
    values.add(handler);
    values.add(handler);
    for (Map.Entry<String, String> label : query.labels().entrySet()) {
      values.add(label.getKey());
      values.add(label.getValue());
    }
    values.add(query.limit());
    String sql = FIND + LABELLED.repeat(query.labels().size()) + NEWEST;
    return session.all(sql, DecisionTable::row, values.toArray());
  }

  private static Row row(ResultSet row) throws SQLException {
    RecordedDecision decision =
        new RecordedDecision(
            row.getString(2),
            new MessageId(row.getString(3)),
            Instant.ofEpochMilli(row.getLong(4)),
            row.getString(5),
            Map.of());
    return new Row(row.getLong(1), decision);
  }

  /** Adds a decision. */
  public void add(RecordedDecision decision) {
    long id =
        session.number(
            ADD,
            decision.handler(),
            decision.message().value(),
            decision.made().toEpochMilli(),
            decision.json());
    for (Map.Entry<String, Set<String>> label : decision.labels().entrySet()) {
      label.getValue().forEach(value -> session.update(LABEL, label.getKey(), value, id));
    }
  }

  /**
   * Forgets the oldest decisions from before a time.
   *
   * @param limit the most to forget in this transaction
   */
  public void purge(Instant before, int limit) {
    for (Long id : session.all(OLDEST, row -> row.getLong(1), before.toEpochMilli(), limit)) {
      session.update(DELETE_LABELS, id);
      session.update(DELETE, id);
    }
  }
}
