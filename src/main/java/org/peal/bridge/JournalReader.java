package org.peal.bridge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the journal in its order: through memory as long as it keeps up, else through the
 * disk, page by page. Used by one thread.
 */
final class JournalReader {

  /** Entries that are read at once; each may be large. */
  private static final int PAGE = 64;

  private final Journal journal;
  private final Deque<Journal.Entry> ahead = new ArrayDeque<>();
  private long cursor;
  private long generation;

  JournalReader(Journal journal) {
    this.journal = journal;
  }

  /** Begins again with the first entry. */
  void restart() {
    ahead.clear();
    cursor = 0;
  }

  /** Returns the next entry; null if there is none now. */
  Journal.@Nullable Entry next() {
    long current = journal.generation();
    if (current != generation) {
      generation = current;
      ahead.clear();
    }
    Journal.Entry entry = ahead.poll();
    if (entry == null) {
      entry = journal.fresh(cursor);
    }
    if (entry == null && journal.last() > cursor) {
      entry = readOn();
    }
    if (entry != null) {
      cursor = entry.row();
    }
    return entry;
  }

  private Journal.@Nullable Entry readOn() {
    long last = journal.last();
    List<Journal.Entry> page = journal.next(cursor, PAGE);
    if (page.isEmpty()) {
      cursor = last; // what was there is gone
      return null;
    }
    ahead.addAll(page);
    return ahead.poll();
  }
}
