package org.peal.bus.zmq;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A multiset of topic prefixes. Thread-safe: written by the I/O thread, read by the loop.
 *
 * <p>They are kept in order, so that a topic is compared with a few of them, not with all: of those
 * that do not come behind a topic the last one is a prefix of it, or shows how long one can be at
 * most.
 */
final class Prefixes {
  private final NavigableMap<byte[], Integer> counts;
  private long bytes;

  Prefixes() {
    this(Arrays::compare);
  }

  /** Makes an empty set with an order like {@link Arrays#compare(byte[], byte[])}. */
  Prefixes(Comparator<byte[]> order) {
    counts = new TreeMap<>(order);
  }

  /** Adds a prefix; each counts as its length and one. */
  synchronized void add(byte[] prefix) {
    counts.merge(prefix, 1, Integer::sum);
    bytes += prefix.length + 1;
  }

  /** Takes one equal prefix away, if there is one. */
  synchronized void remove(byte[] prefix) {
    Integer count = counts.get(prefix);
    if (count != null) {
      bytes -= prefix.length + 1;
      if (count == 1) {
        counts.remove(prefix);
      } else {
        counts.put(prefix, count - 1);
      }
    }
  }

  /** Takes all equal prefixes away. */
  synchronized void removeAll(byte[] prefix) {
    Integer count = counts.remove(prefix);
    if (count != null) {
      bytes -= count * (prefix.length + 1L);
    }
  }

  /** Returns how many prefixes match {@code topic}. */
  synchronized int matching(byte[] topic) {
    int matching = 0;
    Map.Entry<byte[], Integer> nearest = counts.floorEntry(topic);
    while (nearest != null) {
      byte[] prefix = nearest.getKey();
      int common = common(prefix, topic);
      if (common == prefix.length) {
        matching += nearest.getValue();
        nearest = counts.lowerEntry(prefix);
      } else {
        nearest = counts.floorEntry(Arrays.copyOf(topic, common));
      }
    }
    return matching;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized void clear() {
    counts.clear();
    bytes = 0;
  }

  /** Returns how many bytes both begin with. */
  private static int common(byte[] one, byte[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch < 0 ? one.length : mismatch;
  }
}
