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

  /** What a row takes beside its text: numbers, headers, the entries of the indexes. */
  private static final int OVERHEAD = 64;

  long messages() {
    return last - first + 1;
  }

  Extent plus(long messages, long weight) {
    return new Extent(first, last + messages, bytes + weight);
  }

  Extent minus(long messages, long weight) {
    return new Extent(first + messages, last, bytes - weight);
  }

  /** Returns what a message counts in bytes; its id is in the table and in an index. */
  static long weight(StoredMessage message) {
    return weight(
        message.payload().length, message.topic().value().length(), message.id().value().length());
  }

  static long weight(long payload, long topic, long id) {
    return payload + topic + 2 * id + OVERHEAD;
  }
}
