package org.peal.crypto.x509;

import java.time.Instant;
import java.util.Collection;

/**
 * A stretch of time in which a judgement stays the same. Immutable.
 *
 * @param from the first instant of it
 * @param until the first instant after it
 */
record Span(Instant from, Instant until) {

  /** The judgement never changes. */
  static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);

  /** Returns the widest span around an instant without any of the changes inside. */
  static Span around(Instant now, Collection<Instant> changes) {
    Instant from = Instant.MIN;
    Instant until = Instant.MAX;
    for (Instant change : changes) {
      if (change.isAfter(now)) {
        until = change.isBefore(until) ? change : until;
      } else {
        from = change.isAfter(from) ? change : from;
      }
    }
    return new Span(from, until);
  }

  /** Returns the first instant after the last one at which something holds. */
  static Instant justAfter(Instant end) {
    return end.plusNanos(1);
  }

  boolean contains(Instant now) {
    return !now.isBefore(from) && now.isBefore(until);
  }
}
