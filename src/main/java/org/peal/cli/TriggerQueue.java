package org.peal.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Matches that wait for their command, in order. They are held back until no new one came for a
 * while, or until there are too many of them, and are due together then. What exceeds the bounds is
 * dropped and counted. Times are those of one monotonic clock in nanoseconds. Not thread-safe.
 */
final class TriggerQueue {

  /** Bytes that may wait, whatever their number. */
  static final long MOST_BYTES = 64 << 20;

  private final long quiet;
  private final int most;
  private final int above;
  private final Deque<Match> held = new ArrayDeque<>();
  private final Deque<Match> due = new ArrayDeque<>();
  private long last;
  private long bytes;
  private long dropped;

  /**
   * Makes an empty queue.
   *
   * @param quiet how long no new match must have come; zero for matches that are due at once
   * @param above when more than so many are held they are due at once; 0 for the bound itself
   * @param most how many matches may wait, held or due
   */
  TriggerQueue(Duration quiet, int above, int most) {
    this.quiet = quiet.toNanos();
    this.most = most;
    // A bus that is never quiet must not hold matches back until they are dropped.
    this.above = above == 0 ? most - 1 : Math.min(above, most - 1);
  }

  /** Takes a match, and tells whether there was room for it. */
  boolean offer(Match match, long now) {
    if (size() >= most || bytes + match.json().length > MOST_BYTES) {
      dropped++;
      release();
      return false;
    }
    bytes += match.json().length;
    held.add(match);
    last = now;
    if (quiet == 0 || held.size() > above) {
      release();
    }
    return true;
  }

  /** Takes out the next match that is due. */
  Optional<Match> poll(long now) {
    if (!held.isEmpty() && now - last >= quiet) {
      release();
    }
    Optional<Match> next = Optional.ofNullable(due.poll());
    next.ifPresent(match -> bytes -= match.json().length);
    return next;
  }

  /** Returns how long it takes until a match is due if no other comes; empty if there is none. */
  Optional<Duration> untilDue(long now) {
    if (!due.isEmpty()) {
      return Optional.of(Duration.ZERO);
    }
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, last + quiet - now)));
  }

  private void release() {
    due.addAll(held);
    held.clear();
  }

  /** Returns how many matches wait. */
  int size() {
    return held.size() + due.size();
  }

  /** Returns for how many there was no room. */
  long dropped() {
    return dropped;
  }
}
