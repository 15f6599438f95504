package org.peal.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A bounded queue that gives all that waits at once, and that can be closed. Where only patient
 * elements wait, more are waited for, but not for long after the first of them came. Thread-safe.
 */
final class WorkQueue<E> {

  /** How many patient elements are enough, and how long they wait for as many. */
  private static final int MANY = 128;

  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final int capacity;
  private final long patience;
  private final Predicate<E> isPatient;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Deque<E> waiting = new ArrayDeque<>();
  private boolean isUrgent;
  private long firstCame;
  private boolean closed;

  WorkQueue(int capacity, Predicate<E> isPatient) {
    this(capacity, isPatient, PATIENCE);
  }

  WorkQueue(int capacity, Predicate<E> isPatient, Duration patience) {
    this.capacity = capacity;
    this.patience = patience.toNanos();
    this.isPatient = isPatient;
  }

  /**
   * Waits for room and puts an element at the end.
   *
   * @return whether it was taken; not if the queue is closed
   */
  boolean put(E element) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.size() >= capacity && !closed) {
        emptied.await();
      }
      return add(element);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts an element at the end, and waits for room unless the caller is the thread that takes: that
   * would wait for itself. An interrupt is kept for later.
   *
   * @return whether it was taken; not if the queue is closed, the taker finds it full, or the wait
   *     was interrupted
   */
  boolean put(E element, Thread taker) {
    if (Thread.currentThread() == taker) {
      return offer(element);
    }
    try {
      return put(element);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Puts an element at the end if there is room and the queue is open; tells whether. */
  boolean offer(E element) {
    lock.lock();
    try {
      return waiting.size() < capacity && add(element);
    } finally {
      lock.unlock();
    }
  }

  private boolean add(E element) {
    if (closed) {
      return false;
    }
    firstCame = waiting.isEmpty() ? System.nanoTime() : firstCame;
    waiting.add(element);
    boolean wasUrgent = isUrgent;
    isUrgent |= !isPatient.test(element) || waiting.size() >= MANY;
    if (waiting.size() == 1 || isUrgent && !wasUrgent) {
      filled.signal();
    }
    return true;
  }

  /** Lets what waits be taken without waiting for more. */
  void hurry() {
    lock.lock();
    try {
      if (!isUrgent && !waiting.isEmpty()) {
        isUrgent = true;
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an element and takes all that are there; nothing when closed and empty. */
  List<E> takeAll() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      awaitMore();
      List<E> all = new ArrayList<>(waiting);
      waiting.clear();
      isUrgent = false;
      emptied.signalAll();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void awaitMore() {
    boolean interrupted = false;
    long end = firstCame + patience;
    for (long left = end - System.nanoTime(); left > 0 && !isUrgent && !closed; ) {
      try {
        filled.awaitNanos(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = end - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
