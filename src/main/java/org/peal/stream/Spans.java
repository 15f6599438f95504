package org.peal.stream;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of sequence ids, kept as spans; when there are too many the lowest is forgotten. Not
 * thread-safe.
 */
final class Spans {

  private final int most;
  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

  Spans(int most) {
    this.most = most;
  }

  /** Adds ids that are above all that are here. */
  void add(Span span) {
    lastByFirst.put(span.first(), span.last());
    if (lastByFirst.size() > most) {
      lastByFirst.pollFirstEntry();
    }
  }

  boolean contains(long id) {
    Map.Entry<Long, Long> below = lastByFirst.floorEntry(id);
    return below != null && id <= below.getValue();
  }

  void clear() {
    lastByFirst.clear();
  }
}
