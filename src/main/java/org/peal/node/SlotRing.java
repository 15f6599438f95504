package org.peal.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;

/**
 * The messages that have numbers and are not yet stored, in the order of their numbers. Numbers are
 * given here, so that none is left out or given twice. Its bound is that of the {@link Admission}
 * before it. Thread-safe.
 */
final class SlotRing {

  /** The most that one commit stores. */
  private static final int BATCH = 512;

  private static final long BATCH_BYTES = 8 << 20;

  private final LongSupplier lastStored;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private long last;
  private boolean isClosed;
  private @Nullable PublishException stopped;

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

  /** Tells that a slot was signed or has failed. */
  synchronized void wake() {
    notifyAll();
  }

  /** Returns what can be stored or has failed, as soon as there is any, or the end. */
  synchronized Batch next() throws InterruptedException {
    while (true) {
      Slot head = slots.peek();
      if (head == null && isClosed) {
        return new Batch(List.of(), null);
      }
      if (head != null && head.isDone()) {
        Throwable failure = head.failure();
        return failure == null ? new Batch(ready(), null) : new Batch(stepBack(), failure);
      }
      wait();
    }
  }

  /** Tells whether {@link #poll} returns something. */
  synchronized boolean isReady() {
    Slot head = slots.peek();
    return head != null && head.isDone();
  }

  /**
   * Returns what can be sent or has failed; empty if the first one is not done, or there is none.
   */
  synchronized Optional<Batch> poll() {
    Slot head = slots.peek();
    if (head == null || !head.isDone()) {
      return Optional.empty();
    }
    Throwable failure = head.failure();
    Batch batch = failure == null ? new Batch(ready(), null) : new Batch(stepBack(), failure);
    notifyAll();
    return Optional.of(batch);
  }

  /** Waits until nothing is in it; tells whether that came in time. */
  synchronized boolean awaitEmpty(Deadline deadline) throws InterruptedException {
    while (!slots.isEmpty()) {
      long millis = deadline.left().toMillis();
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  private List<Slot> ready() {
    List<Slot> batch = new ArrayList<>();
    long bytes = 0;
    Slot slot = slots.peek();
    while (slot != null
        && slot.isDone()
        && slot.failure() == null
        && batch.size() < BATCH
        && bytes < BATCH_BYTES) {
      bytes += slot.payload().length;
      batch.add(slots.remove());
      slot = slots.peek();
    }
    return batch;
  }

  /** Takes all out and goes on with the number after the last one that was stored. */
  synchronized List<Slot> stepBack() {
    List<Slot> all = takeAll();
    last = lastStored.getAsLong();
    return all;
  }

  private List<Slot> takeAll() {
    List<Slot> all = List.copyOf(slots);
    slots.clear();
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
    return slots.size();
  }
}
