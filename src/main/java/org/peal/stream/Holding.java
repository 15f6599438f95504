package org.peal.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;

/** Messages of one stream that wait behind a gap, by sequence id. Not thread-safe. */
final class Holding {

  /** A message and its place. */
  record Held(Place place, Delivery delivery, boolean isReplayed) {
    int bytes() {
      return delivery.raw().payload().length;
    }
  }

  private final TreeMap<Long, Held> held = new TreeMap<>();
  private long bytes;

  boolean isEmpty() {
    return held.isEmpty();
  }

  int size() {
    return held.size();
  }

  long bytes() {
    return bytes;
  }

  /** Returns the lowest sequence id. */
  long first() {
    return held.firstKey();
  }

  /** Puts a message in and returns the other one that had its place, if any. */
  @Nullable Held put(Held message) {
    Held before = held.put(message.place().sequenceId(), message);
    bytes += message.bytes() - (before == null ? 0 : before.bytes());
    return before;
  }

  /** Takes the lowest out if it is at or below a sequence id; null if not. */
  @Nullable Held pollUpTo(long id) {
    Map.Entry<Long, Held> lowest = held.firstEntry();
    if (lowest == null || lowest.getKey() > id) {
      return null;
    }
    held.pollFirstEntry();
    bytes -= lowest.getValue().bytes();
    return lowest.getValue();
  }

  /** Takes all out that are above a sequence id. */
  List<Held> takeAbove(long id) {
    Map<Long, Held> above = held.tailMap(id, false);
    List<Held> taken = new ArrayList<>(above.values());
    above.clear();
    taken.forEach(each -> bytes -= each.bytes());
    return taken;
  }
}
