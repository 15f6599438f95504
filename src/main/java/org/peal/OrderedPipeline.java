package org.peal;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stage that works on items in parallel and hands the results on in the order of arrival.
 *
 * <p>Items have weights, such as their size, and what is under way at any time, from its submission
 * until the sink has returned, weighs at most {@code capacity} together; a full stage makes its
 * callers wait or refuses, and so passes pressure back. The sink gets one result at a time, on the
 * thread that has worked on the oldest item: a message that is alone need not change threads again.
 * A sink that throws ends the stage: later items are dropped and {@link #failure()} tells why.
 *
 * <p>Thread-safe. Each submitting thread's items keep their order.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class OrderedPipeline<I, O> implements AutoCloseable {

  /** Items that one thread works on before another may have the next, when there are many. */
  private static final int SHARE = 16;

  private final Function<I, O> work;
  private final ToIntFunction<I> weights;
  private final Consumer<O> sink;
  private final Runnable roomAgain;
  private final ExecutorService workers;
  private final Semaphore permits;
  private final int capacity;
  private final int threads;

  /** Bounded by the permits: every item takes at least one. */
  private final Queue<Share> order = new ConcurrentLinkedQueue<>();

  /** Whether a thread hands results on. Who sets it has the sink for itself. */
  private final AtomicBoolean delivering = new AtomicBoolean(true);

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Share end = new Share();

  /** The share that was made last. Under this object's lock, which only those who submit take. */
  private Share last = end;

  /** How many shares no thread has begun. */
  private final AtomicInteger waiting = new AtomicInteger();

  private volatile @Nullable Throwable failure;
  private volatile boolean refused;
  private volatile boolean closed;

  /**
   * Creates a stage; nothing runs before {@link #start()}.
   *
   * @param name the threads' name
   * @param threads how many items are worked on at once, at least 1
   * @param capacity how much may be under way, at least 1
   * @param weights what an item weighs, at least 1; what weighs more than the capacity passes alone
   * @param work what to do with each item, on any of the threads
   * @param sink where the results go, in order
   * @param roomAgain run on the thread that hands results on when there is room after {@link
   *     #trySubmit} refused
   */
  public OrderedPipeline(
      String name,
      int threads,
      int capacity,
      ToIntFunction<I> weights,
      Function<I, O> work,
      Consumer<O> sink,
      Runnable roomAgain) {
    this.threads = threads;
    this.weights = weights;
    this.work = work;
    this.sink = sink;
    this.roomAgain = roomAgain;
    this.capacity = capacity;
    this.permits = new Semaphore(capacity);
    // One more, since one of them may be busy with the sink.
    this.workers =
        new ThreadPoolExecutor(
            threads + 1,
            threads + 1,
            0,
            TimeUnit.SECONDS,
            // Bounded by the permits. Who hands something over waits for nobody.
            new LinkedTransferQueue<>(),
            Threads.factory("peal-" + name));
  }

  /** Starts delivering. */
  public void start() {
    delivering.set(false);
    if (!order.isEmpty()) {
      workers.execute(this::deliver);
    }
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

  /**
   * Adds an item to the last share if more wait than there are threads, so that a thread that is
   * behind is woken once for many items; else the item goes alone, so that all threads have work.
   */
  private synchronized void enqueue(I item, int weight) {
    if (waiting.get() > threads && last.add(item, weight)) {
      return;
    }
    last = new Share();
    last.add(item, weight);
    waiting.incrementAndGet();
    order.add(last);
    workers.execute(last);
  }

  /** Items that one thread works on. */
  private final class Share implements Runnable {
    private final Slots<Item<I>> items = new Slots<>(SHARE);
    private final List<O> results = new ArrayList<>();
    private int weight;
    private @Nullable Throwable problem;

    /** Written last, so that who sees it sees the results. */
    private volatile boolean isDone;

    private boolean add(I item, int itsWeight) {
      return items.add(new Item<>(item, itsWeight));
    }

    @Override
    public void run() {
      waiting.decrementAndGet();
      List<Item<I>> taken = items.take();
      taken.forEach(item -> weight += item.weight());
      try {
        for (Item<I> item : taken) {
          results.add(work.apply(item.value()));
        }
      } catch (RuntimeException | Error e) {
        problem = e;
      }
      isDone = true;
      deliver();
    }
  }

  private record Item<I>(I value, int weight) {}

  /** Hands on what is ready, unless another thread does; that one looks again before it leaves. */
  private void deliver() {
    while (oldestIfDone() != null && delivering.compareAndSet(false, true)) {
      try {
        handOnAllReady();
      } finally {
        leave();
      }
    }
  }

  private @Nullable Share oldestIfDone() {
    Share oldest = order.peek();
    return oldest != null && oldest.isDone ? oldest : null;
  }

  private void handOnAllReady() {
    for (Share share = oldestIfDone(); share != null && !closed; share = oldestIfDone()) {
      if (share.equals(end)) {
        closed = true;
        return;
      }
      order.remove();
      handOn(share);
      permits.release(share.weight);
      // Not at the first free place: being asked again for each item costs more than waiting.
      if (refused && (permits.availablePermits() >= capacity / 2 || order.isEmpty())) {
        refused = false;
        tellOfRoom();
      }
    }
  }

  private void tellOfRoom() {
    try {
      roomAgain.run();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Lets another thread deliver; after the end nobody does any more. */
  private void leave() {
    if (closed) {
      finished.countDown();
      return;
    }
    delivering.set(false);
    endIfIdle();
  }

  private void endIfIdle() {
    if (closed && delivering.compareAndSet(false, true)) {
      finished.countDown();
    }
  }

  private void handOn(Share share) {
    for (O result : share.results) {
      handOn(result);
    }
    if (share.problem != null) {
      fail(share.problem);
    }
  }

  private void handOn(O result) {
    try {
      if (failure == null) {
        sink.accept(result);
      }
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
    end.isDone = true;
    order.add(end);
    try {
      workers.execute(this::deliver);
    } catch (RejectedExecutionException e) {
      // Closed by another thread; nothing more will be delivered.
    }
    boolean done = finished.await(timeout, unit);
    close();
    return done;
  }

  /** Ends the stage at once; what is under way is dropped. */
  @Override
  public void close() {
    closed = true;
    workers.shutdownNow();
    endIfIdle();
  }
}
