package org.peal.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of one stream was passed over without certainty, and how it is being asked for. At most
 * {@link #MOST} spans are open at any time; what was given up for want of room waits to be
 * announced. Not thread-safe.
 */
final class OpenSpans {

  /** Beyond so many spans the oldest is given up. */
  static final int MOST = 1000;

  /** The first pause between two questions in vain; each is twice as long, up to an hour. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final int MOST_DOUBLINGS = 6;

  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();
  private final List<Span> givenUp = new ArrayList<>();
  private long size;
  private long from;

  final Question question = new Question(PAUSE, MOST_DOUBLINGS);

  /** What the log was not believed yet. */
  final Doubt doubt = new Doubt();

  boolean isEmpty() {
    return lastByFirst.isEmpty();
  }

  /** Returns how many sequence ids are open. */
  long size() {
    return size;
  }

  /** Adds ids that are not open. */
  void add(Span span) {
    put(span.first(), span.last());
    trim();
  }

  private void trim() {
    while (lastByFirst.size() > MOST) {
      Span oldest = span(lastByFirst.pollFirstEntry());
      size -= oldest.size();
      givenUp.add(oldest);
    }
  }

  /** Returns what was given up for want of room since the last call; it is the caller's to tell. */
  List<Span> takeGivenUp() {
    List<Span> taken = List.copyOf(givenUp);
    givenUp.clear();
    return taken;
  }

  private void put(long first, long last) {
    if (first <= last) {
      lastByFirst.put(first, last);
      size += last - first + 1;
    }
  }

  /** Takes ids out and returns those that were open; what comes out of a span leaves two. */
  List<Span> remove(Span ids) {
    List<Span> removed = new ArrayList<>();
    for (Span open : meeting(ids)) {
      lastByFirst.remove(open.first());
      size -= open.size();
      put(open.first(), ids.first() - 1);
      put(ids.last() + 1, open.last());
      removed.add(open.within(ids));
    }
    trim();
    return removed;
  }

  private List<Span> meeting(Span ids) {
    List<Span> found = new ArrayList<>();
    for (Map.Entry<Long, Long> open = lastByFirst.floorEntry(ids.last());
        open != null && open.getValue() >= ids.first();
        open = lastByFirst.lowerEntry(open.getKey())) {
      found.add(0, span(open));
    }
    return found;
  }

  /** Returns the parts of some ids that are open, in ascending order. */
  List<Span> within(Span ids) {
    return meeting(ids).stream().map(open -> open.within(ids)).toList();
  }

  /** Returns what to ask for next; there is something. */
  Span next() {
    Map.Entry<Long, Long> next = lastByFirst.ceilingEntry(from);
    return span(next == null ? lastByFirst.firstEntry() : next);
  }

  /** Lets another one be the next, since asking for this one has brought nothing. */
  void turnFrom(Span span) {
    from = span.last() + 1;
  }

  private static Span span(Map.Entry<Long, Long> entry) {
    return new Span(entry.getKey(), entry.getValue());
  }
}
