package org.peal.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.store.Cursor;
import org.peal.store.StateStore;
import org.peal.store.Transaction;

/**
 * What a subscriber has handled and the store has not committed yet. All of it that waits when the
 * store comes to it is recorded by one piece of work, with the last cursor of each stream. The
 * store waits a moment for it to become half of what may wait: large commits write each page of an
 * index for several rows, and readers keep what they know of the file for longer.
 *
 * <p>Bounded: who adds too much waits. Thread-safe.
 */
final class Records {

  private final StateStore store;
  private final int most;
  private final int enough;
  private final Consumer<Throwable> failed;
  private final Semaphore room;
  private List<Entry> waiting = new ArrayList<>();

  /** Rows and how far a stream was followed with them. */
  private record Entry(Rows rows, @Nullable Cursor cursor) {}

  /**
   * Makes one.
   *
   * @param most how many may wait
   * @param failed told why something could not be recorded
   */
  Records(StateStore store, int most, Consumer<Throwable> failed) {
    this.store = store;
    this.most = most;
    this.enough = Math.max(1, most / 2);
    this.failed = failed;
    this.room = new Semaphore(most);
  }

  /** Records rows and a cursor soon; waits while too much is not recorded. */
  void add(Rows rows, Optional<Cursor> cursor) {
    room.acquireUninterruptibly();
    int count = enqueue(new Entry(rows, cursor.orElse(null)));
    if (count == 1) {
      Batch batch = new Batch();
      store
          .writeSoon(
              t -> {
                batch.write(t);
                return true;
              })
          .whenComplete((done, error) -> batch.end(error));
    }
    if (count == enough) {
      store.hurry();
    }
  }

  /** Lets an entry wait and returns how many do. */
  private synchronized int enqueue(Entry entry) {
    waiting.add(entry);
    return waiting.size();
  }

  private synchronized List<Entry> takeAll() {
    List<Entry> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  /** One piece of work. Used by the writer's thread. */
  private final class Batch {
    private List<Entry> entries = List.of();

    private void write(Transaction transaction) {
      entries = takeAll();
      Map<String, Cursor> last = new LinkedHashMap<>();
      for (Entry entry : entries) {
        entry.rows().write(transaction);
        if (entry.cursor() != null) {
          last.put(entry.cursor().stream(), entry.cursor());
        }
      }
      last.values().forEach(transaction.cursors()::put);
    }

    private void end(@Nullable Throwable error) {
      if (error == null) {
        entries.forEach(entry -> entry.rows().committed());
      } else {
        failed.accept(error);
      }
      // A store that takes nothing any more fails the work without running it.
      room.release(entries.isEmpty() ? takeAll().size() : entries.size());
    }
  }

  /** Waits until all is recorded, but not for long. */
  void await(long millis) throws InterruptedException {
    if (room.tryAcquire(most, millis, TimeUnit.MILLISECONDS)) {
      room.release(most);
    }
  }
}
