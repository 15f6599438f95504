package org.peal.store;

import java.time.Instant;

/**
 * Messages of a publisher that a subscriber went on without, and that may still come. Immutable.
 *
 * @param name the subscriber's, as in {@link Cursor#name()}
 * @param stream the publisher's stream, named as in {@link Cursor#stream()}
 * @param publisher its endpoint name; may be empty
 * @param first the first sequence id that is missing, at least 1
 * @param last the last one, included
 * @param reason why they did not come in time, for people
 * @param since when the subscriber went on without them
 */
public record OpenGap(
    String name,
    String stream,
    String publisher,
    long first,
    long last,
    String reason,
    Instant since) {

  public OpenGap {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "a gap must be a range of sequence ids from 1: " + first + " to " + last);
    }
  }

  private OpenGap within(long from, long to) {
    return new OpenGap(name, stream, publisher, from, to, reason, since);
  }

  /** Returns what of it is below a sequence id that it reaches beyond or to. */
  OpenGap below(long id) {
    return within(first, id - 1);
  }

  /** Returns what of it is above a sequence id. */
  OpenGap above(long id) {
    return within(id + 1, last);
  }
}
