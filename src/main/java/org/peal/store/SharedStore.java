package org.peal.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;
import org.peal.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the holder of a lease keeps in a PostgreSQL database. Each commit renews the lease; one that
 * comes when the lease is not this holder's any more, or was not renewed in time, is refused by the
 * database. Thread-safe.
 *
 * <p>After the first commit that fails nothing is written any more: whether it took place may be
 * unknown, so whoever goes on has to look, with a new fencing number.
 *
 * @see <a href="../../../../../../docs/adr/0011-leases.md">decision 11</a>
 */
public final class SharedStore implements StateStore, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedStore.class);
  private static final int QUEUE = 1024;

  private final Fence fence;
  private final PostgresFailures failures;
  private final Session writing;
  private final Session reading;
  private final ReentrantLock atReading = new ReentrantLock(true);
  private final WorkQueue<Work<?>> queue = new WorkQueue<>(QUEUE, Work::isPatient);
  private final Thread thread;
  private volatile @Nullable StoreException failure;
  private volatile boolean isFenced;

  private SharedStore(Fence fence, PostgresFailures failures, Session writing, Session reading) {
    this.fence = fence;
    this.failures = failures;
    this.writing = writing;
    this.reading = reading;
    this.thread = Threads.daemon("peal-shared-" + fence.name(), this::loop);
  }

  static SharedStore open(Postgres postgres, Fence fence) {
    Session writing = postgres.open();
    try {
      SharedStore store = new SharedStore(fence, postgres.failures(), writing, postgres.reader());
      store.thread.start();
      return store;
    } catch (RuntimeException | Error e) {
      Postgres.closeQuietly(writing);
      throw e;
    }
  }

  /** Returns the lease under which this writes. */
  public Fence fence() {
    return fence;
  }

  /** Returns why nothing can be written any more, if so. */
  public Optional<StoreException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Tells whether a commit was refused because the lease was lost. */
  public boolean isFenced() {
    return isFenced;
  }

  @Override
  public <T> CompletableFuture<T> write(Function<? super Transaction, ? extends T> work) {
    return submit(new Work<>(Work.Kind.GROUPED, work::apply));
  }

  @Override
  public <T> CompletableFuture<T> writeSoon(Function<? super Transaction, ? extends T> work) {
    return submit(new Work<>(Work.Kind.PATIENT, work::apply));
  }

  @Override
  public void hurry() {
    queue.hurry();
  }

  private <T> CompletableFuture<T> submit(Work<T> queued) {
    if (failure != null || !queue.put(queued, thread)) {
      StoreException stopped = failure;
      queued.fail(
          stopped == null
              ? failures.failure(Category.TRANSIENT, "takes nothing now: it is closed or busy")
              : stopped);
    }
    return queued.future();
  }

  private void loop() {
    try {
      for (List<Work<?>> all = queue.takeAll(); !all.isEmpty(); all = queue.takeAll()) {
        group(all);
      }
    } finally {
      Postgres.closeQuietly(writing);
    }
  }

  private void group(List<Work<?>> works) {
    StoreException stopped = failure;
    if (stopped != null) {
      works.forEach(work -> work.fail(stopped));
      return;
    }
    try {
      commit(works);
    } catch (RuntimeException | Error e) {
      StoreException why =
          e instanceof StoreException store ? store : failures.failure(Category.FATAL, "failed", e);
      failure = why;
      // Gives up what is locked; without it the server would wait for its own limit.
      Postgres.closeQuietly(writing);
      works.forEach(work -> work.fail(why));
      return;
    }
    works.forEach(Work::complete);
  }

  private void commit(List<Work<?>> works) {
    if (!new LeaseTable(writing).renew(fence)) {
      isFenced = true;
      throw failures.failure(
          Category.TRANSIENT,
          "refuses to commit: the lease %s with number %d is lost"
              .formatted(fence.name(), fence.number()));
    }
    WriteTransaction transaction = new WriteTransaction(writing, null);
    works.forEach(work -> work.runIsolated(writing, transaction));
    writing.commitByDriver();
  }

  @Override
  public <T> T read(Function<? super Snapshot, ? extends T> work) {
    takeTurn();
    try {
      return work.apply(ReadTransaction.on(reading));
    } finally {
      endReading();
      atReading.unlock();
    }
  }

  /** Whatever became of the work: an open transaction would take no more statements, or be cut. */
  private void endReading() {
    try {
      reading.rollbackByDriver();
    } catch (StoreException e) {
      LOG.debug("the connection that reads is lost: {}", e.getMessage());
    }
  }

  private void takeTurn() {
    try {
      if (atReading.tryLock(2 * fence.duration().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw failures.failure(Category.TRANSIENT, "has too many readers: try again later");
  }

  /** Commits what waits and closes the connections. Nothing happens at another call. */
  @Override
  public void close() {
    queue.close();
    Threads.join(thread);
    Postgres.closeQuietly(reading);
  }
}
