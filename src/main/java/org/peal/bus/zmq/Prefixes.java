package org.peal.bus.zmq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A multiset of topic prefixes. Thread-safe: written by the I/O thread, read by the loop. */
final class Prefixes {
  private final List<byte[]> prefixes = new ArrayList<>();
  private long bytes;

  /** Adds a prefix; each counts as its length and one. */
  synchronized void add(byte[] prefix) {
    prefixes.add(prefix);
    bytes += prefix.length + 1;
  }

  /** Takes one equal prefix away, if there is one. */
  synchronized void remove(byte[] prefix) {
    for (int i = prefixes.size() - 1; i >= 0; i--) {
      if (Arrays.equals(prefixes.get(i), prefix)) {
        prefixes.remove(i);
        bytes -= prefix.length + 1;
        return;
      }
    }
  }

  /** Takes all equal prefixes away. */
  synchronized void removeAll(byte[] prefix) {
    while (count(prefix, true) > 0) {
      remove(prefix);
    }
  }

  /** Returns how many prefixes match {@code topic}. */
  synchronized int matching(byte[] topic) {
    return count(topic, false);
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized void clear() {
    prefixes.clear();
    bytes = 0;
  }

  private int count(byte[] topic, boolean equal) {
    int count = 0;
    for (byte[] prefix : prefixes) {
      if ((!equal || prefix.length == topic.length) && startsWith(topic, prefix)) {
        count++;
      }
    }
    return count;
  }

  static boolean startsWith(byte[] topic, byte[] prefix) {
    return topic.length >= prefix.length
        && Arrays.equals(topic, 0, prefix.length, prefix, 0, prefix.length);
  }
}
