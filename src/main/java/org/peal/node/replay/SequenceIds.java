package org.peal.node.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.peal.store.ReplayQuery;

/** Reckons with the sequence ids that a query names. Stateless. */
final class SequenceIds {

  private SequenceIds() {}

  /**
   * Returns, in ascending order and joined, the ids from {@code first} to {@code last} that a query
   * names by number. Times and message ids name none.
   */
  static List<ReplayQuery.Range> named(ReplayQuery query, long first, long last) {
    List<ReplayQuery.Range> found = new ArrayList<>();
    collect(query, first, last, found);
    return joined(found);
  }

  private static void collect(
      ReplayQuery query, long first, long last, List<ReplayQuery.Range> found) {
    if (query instanceof ReplayQuery.Ids ids) {
      SortedSet<Long> sorted = new TreeSet<>(ids.ids());
      sorted.stream()
          .filter(id -> id >= first && id <= last)
          .forEach(id -> found.add(new ReplayQuery.Range(id, id)));
    } else if (query instanceof ReplayQuery.Range range) {
      long from = Math.max(first, range.first());
      long until = Math.min(last, range.last());
      if (from <= until) {
        found.add(new ReplayQuery.Range(from, until));
      }
    } else if (query instanceof ReplayQuery.AnyOf any) {
      any.queries().forEach(each -> collect(each, first, last, found));
    }
  }

  /** Sorts ranges and joins those that touch or overlap. */
  static List<ReplayQuery.Range> joined(List<ReplayQuery.Range> ranges) {
    List<ReplayQuery.Range> sorted = new ArrayList<>(ranges);
    sorted.sort((a, b) -> Long.compare(a.first(), b.first()));
    List<ReplayQuery.Range> result = new ArrayList<>();
    for (ReplayQuery.Range range : sorted) {
      int end = result.size() - 1;
      if (end >= 0 && range.first() - 1 <= result.get(end).last()) {
        ReplayQuery.Range before = result.get(end);
        result.set(
            end, new ReplayQuery.Range(before.first(), Math.max(before.last(), range.last())));
      } else {
        result.add(range);
      }
    }
    return result;
  }

  /** Returns what is in {@code ranges}, which are in order, but not in {@code taken}. */
  static List<ReplayQuery.Range> without(List<ReplayQuery.Range> ranges, SortedSet<Long> taken) {
    List<ReplayQuery.Range> result = new ArrayList<>();
    for (ReplayQuery.Range range : ranges) {
      long from = range.first();
      for (long id : taken.tailSet(range.first())) {
        if (id > range.last()) {
          break;
        }
        if (id > from) {
          result.add(new ReplayQuery.Range(from, id - 1));
        }
        from = id + 1;
      }
      if (from <= range.last()) {
        result.add(new ReplayQuery.Range(from, range.last()));
      }
    }
    return result;
  }
}
