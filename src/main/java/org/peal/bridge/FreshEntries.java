package org.peal.bridge;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the journal that were committed a short while ago. There may be holes among them: what
 * does not fit is left to the disk. So each says which entry was added before it, and is given to
 * those only who have that one. Thread-safe.
 */
final class FreshEntries {

  private static final int MOST = 2000;
  private static final long MOST_BYTES = 16 << 20;

  private record Place(Journal.Entry entry, long before) {}

  private final Deque<Place> places = new ArrayDeque<>();
  private long bytes;

  /** Takes an entry, if there is room, and the row of the one that was added before it. */
  synchronized void add(Journal.Entry entry, long before) {
    if (places.size() < MOST && bytes < MOST_BYTES) {
      places.addLast(new Place(entry, before));
      bytes += size(entry);
    }
  }

  /** Removes and returns the entry that follows a row; null if it is not certain which one does. */
  synchronized Journal.@Nullable Entry next(long after) {
    while (!places.isEmpty() && places.getFirst().entry().row() <= after) {
      remove();
    }
    return places.isEmpty() || places.getFirst().before() > after ? null : remove();
  }

  private Journal.Entry remove() {
    Journal.Entry entry = places.removeFirst().entry();
    bytes -= size(entry);
    return entry;
  }

  private static int size(Journal.Entry entry) {
    return entry.message().body().length;
  }

  synchronized void clear() {
    places.clear();
    bytes = 0;
  }
}
