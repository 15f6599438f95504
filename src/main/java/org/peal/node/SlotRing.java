package org.peal.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;

/**
 * The messages that have numbers and are not yet handed to the store, in the order of their
 * numbers. Numbers are given here, so that none is left out or given twice. Its bound is that of
 * the {@link Admission} before it. Thread-safe; one thread at a time takes out.
 */
final class SlotRing {

  /**
   * The most that one commit stores, and what is worth one behind another that is under way; fewer
   * wait for the end of that one.
   */
  private static final int BATCH = 1024;

  private static final long BATCH_BYTES = 8 << 20;

  /**
   * A commit stores at least this part of what is here: a commit of one costs as much as a third of
   * a signature, and while many wait the first of them can wait for a few more.
   */
  private static final int PART = 32;

  private final LongSupplier lastStored;

  /** The oldest ones, as far as they are signed. */
  private final Deque<Slot> ready = new ArrayDeque<>();

  /** Those behind them; the first one is not yet signed, or has failed. */
  private final Deque<Slot> slots = new ArrayDeque<>();

  private long readyBytes;
  private long last;
  private boolean isClosed;
  private @Nullable PublishException stopped;

  /** What the thread that takes out waits for. */
  private BooleanSupplier awaited = () -> false;

  /**
   * What is to be done next.
   *
   * @param slots the next ones to store, or all there were if the first of them has failed; none at
   *     the end
   * @param failure why the first one failed; null if they are to be stored
   */
  record Batch(List<Slot> slots, @Nullable Throwable failure) {

    /** Returns whether nothing will ever come again. */
    boolean isEnd() {
      return slots.isEmpty();
    }
  }

  /** Makes an empty ring that goes on with the number after the last one that was stored. */
  SlotRing(LongSupplier lastStored) {
    this.lastStored = lastStored;
    this.last = lastStored.getAsLong();
  }

  /** Returns why nothing is accepted when a publisher ends. */
  static PublishException closed() {
    return new PublishException(Kind.CLOSED, "the publisher is closing; try again later", null);
  }

  /**
   * Gives a message the next number and the last place.
   *
   * @param numbered makes its slot
   * @throws PublishException if nothing may come any more
   */
  synchronized Slot add(LongFunction<Slot> numbered) {
    PublishException why = stopped;
    if (why != null) {
      throw new PublishException(why.kind(), String.valueOf(why.getMessage()), why);
    }
    if (isClosed) {
      throw closed();
    }
    Slot slot = numbered.apply(last + 1);
    last++;
    slots.add(slot);
    return slot;
  }

  /**
   * Tells that something has changed: a slot was signed or has failed, or a commit has ended. Wakes
   * the thread that takes out only if that is what it waits for.
   */
  synchronized void wake() {
    collect();
    if (awaited.getAsBoolean()) {
      notifyAll();
    }
  }

  private void collect() {
    Slot next = slots.peek();
    while (next != null && next.isDone() && next.failure() == null) {
      readyBytes += next.payload().length;
      ready.add(slots.remove());
      next = slots.peek();
    }
  }

  /**
   * Returns what can be stored or has failed, or the end. To be called while no commit is under
   * way: what comes after a failure begins with the number after the last one that was stored.
   */
  synchronized Batch next() throws InterruptedException {
    await(() -> isEnough() || hasFailed() || isClosed && slots.isEmpty());
    return ready.isEmpty() && hasFailed() ? takeFailed() : new Batch(takeReady(), null);
  }

  /**
   * Returns what is worth a commit behind one that is under way.
   *
   * @param isOver whether that has ended; told by {@link #wake()}
   * @return nothing if it ended first
   */
  synchronized List<Slot> nextBehind(BooleanSupplier isOver) throws InterruptedException {
    await(() -> isWorthwhile() || isOver.getAsBoolean());
    return isWorthwhile() ? takeReady() : List.of();
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    awaited = condition;
    while (!condition.getAsBoolean()) {
      wait();
    }
    awaited = () -> false;
  }

  private boolean isEnough() {
    return !ready.isEmpty() && (isWorthwhile() || ready.size() * PART >= size());
  }

  private boolean isWorthwhile() {
    return ready.size() >= BATCH || readyBytes >= BATCH_BYTES;
  }

  private boolean hasFailed() {
    Slot head = slots.peek();
    return head != null && head.isDone() && head.failure() != null;
  }

  /** Tells whether {@link #poll} returns something. */
  synchronized boolean isReady() {
    collect();
    return !ready.isEmpty() || hasFailed();
  }

  /**
   * Returns what can be sent or has failed; empty if the first one is not done, or there is none.
   */
  synchronized Optional<Batch> poll() {
    if (!isReady()) {
      return Optional.empty();
    }
    Batch batch = ready.isEmpty() ? takeFailed() : new Batch(takeReady(), null);
    notifyAll();
    return Optional.of(batch);
  }

  /** Waits until nothing is in it; tells whether that came in time. */
  synchronized boolean awaitEmpty(Deadline deadline) throws InterruptedException {
    while (size() > 0) {
      long millis = deadline.left().toMillis();
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  private Batch takeFailed() {
    Throwable failure = slots.element().failure();
    return new Batch(stepBack(), failure);
  }

  private List<Slot> takeReady() {
    List<Slot> batch = new ArrayList<>();
    long bytes = 0;
    while (!ready.isEmpty() && batch.size() < BATCH && bytes < BATCH_BYTES) {
      Slot slot = ready.remove();
      bytes += slot.payload().length;
      batch.add(slot);
    }
    readyBytes -= bytes;
    return batch;
  }

  /**
   * Takes all out and goes on with the number after the last one that was stored. To be called
   * while no commit is under way.
   */
  synchronized List<Slot> stepBack() {
    List<Slot> all = takeAll();
    last = lastStored.getAsLong();
    return all;
  }

  private List<Slot> takeAll() {
    List<Slot> all = new ArrayList<>(ready);
    all.addAll(slots);
    ready.clear();
    slots.clear();
    readyBytes = 0;
    return all;
  }

  /** Takes all out, and lets none in any more. */
  synchronized List<Slot> stop(PublishException why) {
    stopped = why;
    notifyAll();
    return takeAll();
  }

  /** Returns why nothing may come any more, if it was stopped. */
  synchronized Optional<PublishException> stopped() {
    return Optional.ofNullable(stopped);
  }

  /** Lets none in any more; what is in is still to be stored. */
  synchronized void close() {
    isClosed = true;
    notifyAll();
  }

  synchronized int size() {
    return ready.size() + slots.size();
  }
}
