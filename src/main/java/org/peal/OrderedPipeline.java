package org.peal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stage that works on items in parallel and hands the results on in the order of arrival.
 *
 * <p>Items have weights, such as their size, and what is under way at any time, from its submission
 * until the sink has returned, weighs at most {@code capacity} together; a full stage makes its
 * callers wait or refuses, and so passes pressure back. The sink runs on one thread, one result at
 * a time. A sink that throws ends the stage: later items are dropped and {@link #failure()} tells
 * why.
 *
 * <p>Thread-safe. Each submitting thread's items keep their order.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class OrderedPipeline<I, O> implements AutoCloseable {

  private record Slot<O>(FutureTask<O> task, int weight) {}

  private final Function<I, O> work;
  private final ToIntFunction<I> weights;
  private final Consumer<O> sink;
  private final Runnable roomAgain;
  private final ExecutorService workers;
  private final Executor pool;
  private final Semaphore permits;
  private final int capacity;
  private final BlockingQueue<Slot<O>> order;
  private final Thread deliverer;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Slot<O> end = new Slot<>(new FutureTask<>(() -> {}, null), 0);
  private volatile @Nullable Throwable failure;
  private volatile boolean refused;

  /**
   * Creates a stage; nothing runs before {@link #start()}.
   *
   * @param name the threads' name
   * @param threads how many items are worked on at once, at least 1
   * @param capacity how much may be under way, at least 1
   * @param weights what an item weighs, at least 1; what weighs more than the capacity passes alone
   * @param work what to do with each item, on any of the threads
   * @param sink where the results go, in order
   * @param roomAgain run on the delivering thread when there is room after {@link #trySubmit}
   *     refused
   */
  public OrderedPipeline(
      String name,
      int threads,
      int capacity,
      ToIntFunction<I> weights,
      Function<I, O> work,
      Consumer<O> sink,
      Runnable roomAgain) {
    this.weights = weights;
    this.work = work;
    this.sink = sink;
    this.roomAgain = roomAgain;
    this.capacity = capacity;
    this.permits = new Semaphore(capacity);
    // Bounded by the permits: every item takes at least one.
    this.order = new LinkedBlockingQueue<>();
    this.workers = Executors.newFixedThreadPool(threads, Threads.factory("peal-" + name));
    this.pool = workers;
    this.deliverer = Threads.daemon("peal-" + name + "-order", this::deliver);
  }

  /** Starts delivering. */
  public void start() {
    deliverer.start();
  }

  /** Submits an item and waits for room as long as it takes. */
  public void submit(I item) throws InterruptedException {
    int weight = weight(item);
    permits.acquire(weight);
    enqueue(item, weight);
  }

  /** Submits an item if there is room now, and tells whether it did. */
  public boolean trySubmit(I item) {
    int weight = weight(item);
    if (!permits.tryAcquire(weight)) {
      refused = true;
      // Room that came between the two looks would otherwise never be told of.
      if (!permits.tryAcquire(weight)) {
        return false;
      }
    }
    enqueue(item, weight);
    return true;
  }

  private int weight(I item) {
    return Math.max(1, Math.min(capacity, weights.applyAsInt(item)));
  }

  private synchronized void enqueue(I item, int weight) {
    FutureTask<O> task = new FutureTask<>(() -> work.apply(item));
    order.add(new Slot<>(task, weight));
    pool.execute(task);
  }

  private void deliver() {
    try {
      for (Slot<O> slot = order.take(); !slot.equals(end); slot = order.take()) {
        handOn(slot.task());
        permits.release(slot.weight());
        // Not at the first free place: being asked again for each item costs more than waiting.
        if (refused && (permits.availablePermits() >= capacity / 2 || order.isEmpty())) {
          refused = false;
          roomAgain.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finished.countDown();
    }
  }

  private void handOn(FutureTask<O> task) throws InterruptedException {
    try {
      O result = task.get();
      if (failure == null) {
        sink.accept(result);
      }
    } catch (ExecutionException e) {
      fail(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException | Error e) {
      // A dead deliverer would leave submitters waiting for ever.
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Returns what the work or the sink threw first, or null. Nothing is delivered after that. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Waits until all that was submitted has been delivered, and ends the stage. Nothing may be
   * submitted afterwards.
   *
   * @return false when the time was over before
   */
  public boolean finish(long timeout, TimeUnit unit) throws InterruptedException {
    order.add(end);
    boolean done = finished.await(timeout, unit);
    close();
    return done;
  }

  /** Ends the stage at once; what is under way is dropped. */
  @Override
  public void close() {
    workers.shutdownNow();
    if (finished.getCount() > 0) {
      deliverer.interrupt();
    }
  }
}
