package org.peal.node;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.peal.Backoff;

/**
 * The rows of an outbox whose messages were refused for good. What refused them may be mended, so
 * they are tried again, all together to keep their order, after pauses that grow from a second to a
 * minute. Times are those of {@link System#nanoTime}. For one thread.
 */
final class RefusedRows {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);

  private final Backoff backoff;

  /** No more than the outbox has rows. */
  private final Set<Long> rows = new HashSet<>();

  private long due;
  private boolean isTrying = true;

  RefusedRows(RandomGenerator random) {
    this.backoff = new Backoff(FIRST_PAUSE, MOST, random);
  }

  /** Begins a look at all rows of the outbox. */
  void begin(long now) {
    isTrying = rows.isEmpty() || due - now <= 0;
  }

  /** Tells whether a row is to be left alone in this look. */
  boolean isSkipped(long row) {
    return !isTrying && rows.contains(row);
  }

  /** Notes that a row was refused; tells whether that is new. */
  boolean add(long row) {
    return rows.add(row);
  }

  /** Forgets a row that was published. */
  void remove(long row) {
    rows.remove(row);
  }

  /** Ends a look. */
  void end(long now) {
    if (rows.isEmpty()) {
      backoff.reset();
    } else if (isTrying) {
      due = now + backoff.next();
    }
  }

  int size() {
    return rows.size();
  }
}
