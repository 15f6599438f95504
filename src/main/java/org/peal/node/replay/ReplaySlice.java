package org.peal.node.replay;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.peal.store.ReplayQuery;

/**
 * As much of a query as is asked at once. Immutable.
 *
 * @param query what is asked
 * @param until the last id that it names if more is to be asked; else the greatest number
 * @param isLast whether nothing is left to ask
 * @param isOpen whether the whole query goes on to whatever id is the last
 */
record ReplaySlice(ReplayQuery query, long until, boolean isLast, boolean isOpen) {

  /** Ids that a plain server is asked for at once: its answer comes as a whole. */
  static final int PLAIN = 500;

  /** Ids that one of our servers is asked for at once. */
  static final int LISTED = 5000;

  /** Returns the next slice of a query. */
  static ReplaySlice of(ReplayQuery query, long after, ReplayDialect dialect) {
    if (query instanceof ReplayQuery.Ids ids) {
      return listed(ids, after, dialect == ReplayDialect.PAGED ? LISTED : PLAIN);
    } else if (query instanceof ReplayQuery.Range range && dialect != ReplayDialect.PAGED) {
      return range(range, after, dialect == ReplayDialect.WITHOUT_RANGES);
    }
    return whole(query);
  }

  private static ReplaySlice whole(ReplayQuery query) {
    boolean isOpen = query instanceof ReplayQuery.Range range && range.last() == Long.MAX_VALUE;
    return new ReplaySlice(query, Long.MAX_VALUE, true, isOpen);
  }

  private static ReplaySlice listed(ReplayQuery.Ids ids, long after, int most) {
    List<Long> left =
        ids.ids().stream().filter(id -> id > after).distinct().sorted().limit(most + 1L).toList();
    boolean isLast = left.size() <= most;
    List<Long> now = isLast ? left : left.subList(0, most);
    long until = isLast ? Long.MAX_VALUE : now.get(most - 1);
    return new ReplaySlice(new ReplayQuery.Ids(now), until, isLast, false);
  }

  private static ReplaySlice range(ReplayQuery.Range range, long after, boolean asList) {
    long first = Math.max(1, Math.max(range.first(), after + 1));
    if (range.last() < first) {
      return whole(new ReplayQuery.Ids(List.of()));
    }
    long last = range.last() - first < PLAIN ? range.last() : first + PLAIN - 1;
    boolean isLast = last == range.last();
    ReplayQuery query =
        asList
            ? new ReplayQuery.Ids(LongStream.rangeClosed(first, last).boxed().toList())
            : new ReplayQuery.Range(first, last);
    boolean isOpen = range.last() == Long.MAX_VALUE;
    return new ReplaySlice(query, isLast ? Long.MAX_VALUE : last, isLast, isOpen);
  }

  /** Returns whether there is nothing to ask. */
  boolean isEmpty() {
    return query instanceof ReplayQuery.Ids ids && ids.ids().isEmpty()
        || query instanceof ReplayQuery.MessageIds names && names.ids().isEmpty()
        || query instanceof ReplayQuery.Range range && range.first() > range.last();
  }

  /** Returns whether the query names sequence ids alone, so that others have no place in it. */
  boolean isByNumber() {
    return query instanceof ReplayQuery.Ids || query instanceof ReplayQuery.Range;
  }

  /** Returns the question in a dialect. */
  byte[] question(long after, ReplayDialect dialect, OptionalInt messages, List<String> topics) {
    Optional<Paging> paging =
        dialect == ReplayDialect.PAGED
            ? Optional.of(new Paging(after, messages, topics))
            : Optional.empty();
    return new ReplayQuestion(query, paging).write();
  }
}
