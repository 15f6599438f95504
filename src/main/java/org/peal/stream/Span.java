package org.peal.stream;

/**
 * Neighbouring sequence ids, both ends included; never empty. Immutable.
 *
 * @param first at least 0
 * @param last at least {@code first}
 */
public record Span(long first, long last) {

  public Span {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("not a span of sequence ids: " + first + ".." + last);
    }
  }

  /** Tells whether an id is one of these. */
  boolean contains(long id) {
    return first <= id && id <= last;
  }

  /** Returns those that are in another span too, of which there are some. */
  Span within(Span other) {
    return new Span(Math.max(first, other.first), Math.min(last, other.last));
  }

  /** Returns how many ids these are. */
  public long size() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first == last ? Long.toString(first) : first + ".." + last;
  }
}
