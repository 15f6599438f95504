package org.peal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The next sequence ids that a query asks for. Immutable.
 *
 * @param ids in order, each once
 * @param horizon whatever the query asks for up to here is among the ids; it may ask for more
 *     beyond. {@link Long#MAX_VALUE} if it does not.
 */
record SequenceIds(SortedSet<Long> ids, long horizon) {

  private static final String BY_MESSAGE_ID = "SELECT seq_id FROM message WHERE msg_id = ?";

  /** The end of the index is where the newest are, so this ends at once as long as any is left. */
  private static final String LATEST =
      """
      SELECT seq_id FROM message INDEXED BY message_time
      WHERE seconds BETWEEN ? AND ? AND seq_id > ? ORDER BY seconds DESC, seq_id DESC LIMIT 1
      """;

  private static final String EARLIEST =
      """
      SELECT min(seq_id) FROM message INDEXED BY message_time
      WHERE seconds BETWEEN ? AND ? AND seq_id > ?
      """;

  /** The plus keeps the index of times out: rows are wanted by sequence id. */
  private static final String WALK =
      """
      SELECT seq_id FROM message
      WHERE seq_id BETWEEN ? AND ? AND +seconds BETWEEN ? AND ? ORDER BY seq_id LIMIT ?
      """;

  /**
   * Finds the next ids.
   *
   * @param after only greater ones
   * @param extent what the log holds
   * @param limit about how many to find, at least 1
   */
  static SequenceIds of(ReplayQuery query, long after, Extent extent, int limit, Session session) {
    if (query instanceof ReplayQuery.Ids q) {
      return cut(q.ids(), after, extent, limit);
    } else if (query instanceof ReplayQuery.Range q) {
      return range(Math.max(q.first(), after + 1), q.last(), extent, limit);
    } else if (query instanceof ReplayQuery.Everything) {
      return range(after + 1, extent.last(), extent, limit);
    } else if (query instanceof ReplayQuery.MessageIds q) {
      List<Long> found = q.ids().stream().map(id -> session.number(BY_MESSAGE_ID, id)).toList();
      return cut(found, after, extent, limit);
    } else if (query instanceof ReplayQuery.Time q) {
      return time(q, after, extent, limit, session);
    }
    return any(((ReplayQuery.AnyOf) query).queries(), after, extent, limit, session);
  }

  private static SequenceIds cut(List<Long> wanted, long after, Extent extent, int limit) {
    TreeSet<Long> ids = new TreeSet<>();
    for (Long id : wanted) {
      if (id > after && id >= extent.first() && id <= extent.last()) {
        ids.add(id);
      }
    }
    return limited(ids, Long.MAX_VALUE, limit);
  }

  private static SequenceIds range(long first, long last, Extent extent, int limit) {
    TreeSet<Long> ids = new TreeSet<>();
    long end = Math.min(last, extent.last());
    long next = Math.max(first, extent.first());
    while (next <= end && ids.size() < limit) {
      ids.add(next++);
    }
    return new SequenceIds(ids, next <= end ? next - 1 : Long.MAX_VALUE);
  }

  private static SequenceIds time(
      ReplayQuery.Time query, long after, Extent extent, int limit, Session session) {
    if (!(query.from() <= query.until())) {
      return new SequenceIds(new TreeSet<>(), Long.MAX_VALUE);
    }
    long from = (long) Math.ceil(query.from());
    long until = (long) Math.floor(query.until());
    long latest = session.number(LATEST, from, until, after);
    if (latest == 0) {
      return new SequenceIds(new TreeSet<>(), Long.MAX_VALUE);
    }
    // Only the first page has to find the beginning; later ones are in the middle of it.
    long first = after < extent.first() ? session.number(EARLIEST, from, until, after) : after + 1;
    List<Long> ids = session.all(WALK, row -> row.getLong(1), first, latest, from, until, limit);
    return new SequenceIds(new TreeSet<>(ids), ids.get(ids.size() - 1));
  }

  private static SequenceIds any(
      List<ReplayQuery> queries, long after, Extent extent, int limit, Session session) {
    List<SequenceIds> parts = new ArrayList<>();
    for (ReplayQuery query : queries) {
      parts.add(of(query, after, extent, limit, session));
    }
    long horizon = parts.stream().mapToLong(SequenceIds::horizon).min().orElse(Long.MAX_VALUE);
    TreeSet<Long> ids = new TreeSet<>();
    for (SequenceIds part : parts) {
      ids.addAll(horizon == Long.MAX_VALUE ? part.ids() : part.ids().headSet(horizon + 1));
    }
    return limited(ids, horizon, limit);
  }

  private static SequenceIds limited(TreeSet<Long> ids, long horizon, int limit) {
    if (ids.size() <= limit) {
      return new SequenceIds(ids, horizon);
    }
    TreeSet<Long> first = new TreeSet<>();
    for (Long id : ids) {
      if (first.size() == limit) {
        break;
      }
      first.add(id);
    }
    return new SequenceIds(first, first.last());
  }

  boolean isComplete() {
    return horizon == Long.MAX_VALUE;
  }

  /** Returns whether nothing comes after a message that was read because of these ids. */
  boolean endsWith(long sequenceId) {
    return isComplete() && (ids.isEmpty() || Objects.equals(ids.last(), sequenceId));
  }
}
