package org.peal.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the journal that were handed to the publisher and not removed from the journal
 * since, in their order: what may be published again after a sudden death. Thread-safe.
 *
 * <p>What is over is struck from the head on, one group at a time. When an entry fails, the window
 * takes no more, and once all have their answers, it strikes those that are over and forgets the
 * others, so that they can be read again.
 */
final class PumpWindow {

  /** Bodies that may be under way, in bytes, besides the last one, whatever its size. */
  private static final long MOST_BYTES = 16 << 20;

  /** An entry and what became of it; used under the lock of its window. */
  static final class Slot {
    private final Journal.Entry entry;
    private boolean isOver;

    private Slot(Journal.Entry entry) {
      this.entry = entry;
    }
  }

  /**
   * An entry that the publisher did not publish.
   *
   * @param cause why
   */
  record Failure(Slot slot, Throwable cause) {
    Journal.Entry entry() {
      return slot.entry;
    }
  }

  /** Entries that are to be removed from the journal together. */
  record Strike(List<Journal.Range> ranges, int entries, long bytes) {}

  private final int most;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private final Deque<Failure> failures = new ArrayDeque<>();
  private @Nullable Strike striking;
  private boolean isStrikeToRepeat;
  private long bytes;
  private int unanswered;
  private boolean hasFailed;
  private boolean isChanged;

  PumpWindow(int most) {
    this.most = most;
  }

  /** Tells whether one more may be under way; nothing may pass one that has failed. */
  synchronized boolean hasRoom() {
    int held = slots.size() + (striking == null ? 0 : striking.entries());
    return !hasFailed && failures.isEmpty() && held < most && (held == 0 || bytes < MOST_BYTES);
  }

  synchronized Slot add(Journal.Entry entry) {
    Slot slot = new Slot(entry);
    slots.addLast(slot);
    bytes += size(entry);
    unanswered++;
    return slot;
  }

  private static int size(Journal.Entry entry) {
    return entry.message().body().length;
  }

  /** Notes whether an entry need not be published any more. */
  synchronized void settle(Slot slot, boolean isOver) {
    slot.isOver = isOver;
    hasFailed |= !isOver;
    unanswered--;
    wake();
  }

  /** Notes that an entry was not published; somebody is to judge that, and to settle it. */
  synchronized void failed(Slot slot, Throwable cause) {
    failures.addLast(new Failure(slot, cause));
    wake();
  }

  /** Returns the next failure to be judged; empty if there is none. */
  synchronized Optional<Failure> failure() {
    return Optional.ofNullable(failures.poll());
  }

  /** Returns what is to be struck next; empty while a strike is under way or nothing is over. */
  synchronized Optional<Strike> strike() {
    if (isStrikeToRepeat) {
      isStrikeToRepeat = false;
      return Optional.ofNullable(striking);
    }
    if (striking != null || slots.isEmpty()) {
      return Optional.empty();
    }
    if (hasFailed) {
      return unanswered > 0 ? Optional.empty() : begin(lastStrike());
    }
    List<Slot> head = new ArrayList<>();
    while (!slots.isEmpty() && slots.getFirst().isOver) {
      head.add(slots.removeFirst());
    }
    return head.isEmpty() ? Optional.empty() : begin(head);
  }

  private List<Slot> lastStrike() {
    List<Slot> all = new ArrayList<>(slots);
    slots.clear();
    all.stream().filter(slot -> !slot.isOver).forEach(slot -> bytes -= size(slot.entry));
    return all;
  }

  private Optional<Strike> begin(List<Slot> group) {
    List<Journal.Range> ranges = new ArrayList<>();
    int entries = 0;
    long weight = 0;
    boolean goesOn = false;
    for (Slot slot : group) {
      if (slot.isOver) {
        long row = slot.entry.row();
        long first = goesOn ? ranges.remove(ranges.size() - 1).first() : row;
        ranges.add(new Journal.Range(first, row));
        entries++;
        weight += size(slot.entry);
      }
      goesOn = slot.isOver;
    }
    Strike made = new Strike(ranges, entries, weight);
    striking = made;
    return Optional.of(made);
  }

  /** Notes that the strike under way is committed. */
  synchronized void struck() {
    if (striking != null) {
      bytes -= striking.bytes();
      striking = null;
    }
    wake();
  }

  /** Notes that the strike under way was not committed; it is given out once more. */
  synchronized void notStruck() {
    isStrikeToRepeat = true;
    wake();
  }

  /** Tells whether nothing is under way. */
  synchronized boolean isEmpty() {
    return slots.isEmpty() && striking == null;
  }

  /**
   * Tells, once, whether an entry had failed and all is over by now, so that it can be tried again.
   */
  synchronized boolean isToBeginAnew() {
    boolean isSo = hasFailed && slots.isEmpty() && striking == null;
    hasFailed &= !isSo;
    return isSo;
  }

  /** Tells whoever waits that there may be something to do. */
  synchronized void wake() {
    isChanged = true;
    notifyAll();
  }

  /** Waits for a change since the last time, but not for long. */
  synchronized void awaitChange(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (!isChanged && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    isChanged = false;
  }
}
