package org.peal.store;

import java.time.Instant;

/**
 * Messages of a publisher that will never come. Immutable.
 *
 * @param stream the publisher's stream, named as in {@link Cursor#stream()}
 * @param publisher its endpoint name; may be empty
 * @param first the first sequence id that is lost, at least 1
 * @param last the last one, included
 * @param reason why nobody can give them, for people
 * @param when when that was certain
 */
public record Loss(
    String stream, String publisher, long first, long last, String reason, Instant when) {

  public Loss {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "a loss must be a range of sequence ids from 1: " + first + " to " + last);
    }
  }
}
