package org.peal.store;

/**
 * Which sequence ids a log holds, and how much. Immutable.
 *
 * @param first the oldest message, last + 1 if there is none
 * @param last the message that was stored last, 0 if there never was one
 * @param bytes what the messages count, by {@link #weight}
 */
record Extent(long first, long last, long bytes) {

  static final Extent EMPTY = new Extent(1, 0, 0);

  /** About what a row takes beside its payload: topic, id, and the entries of the indexes. */
  private static final int OVERHEAD = 200;

  long messages() {
    return last - first + 1;
  }

  Extent plus(long messages, long weight) {
    return new Extent(first, last + messages, bytes + weight);
  }

  Extent minus(long messages, long weight) {
    return new Extent(first + messages, last, bytes - weight);
  }

  /** Returns what a message counts in bytes. */
  static long weight(long payload) {
    return payload + OVERHEAD;
  }
}
