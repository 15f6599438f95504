package org.peal.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;
import org.peal.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the database. What waits when a commit has ended makes up the next
 * one, so there is no commit for each message. Thread-safe.
 *
 * <p>A full disk fails the commit and those who wait for it; later work is tried again. After any
 * other failure of the database the writer stops: all that waits and all that comes fails with the
 * same reason.
 */
final class Writer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int QUEUE = 1024;

  private final Session session;
  private final Failures failures;
  private final WriteTransaction transaction;
  private final Forcing forcing;
  private final @Nullable LogAppender appender;
  private final @Nullable SqlLog log;
  private @Nullable Care care;
  private final WorkQueue<Work<?>> queue = new WorkQueue<>(QUEUE, Work::isPatient);
  private final AtomicLong commits = new AtomicLong();
  private final Thread thread = Threads.daemon("peal-store", this::loop);
  private volatile @Nullable StoreException failure;

  /**
   * Makes a writer; nothing runs before it is started.
   *
   * @param session its own, closed by it at the end
   * @param forcing of the same session
   * @param appender the log's, on the same session; null without a log
   * @param log who is told what was committed; null without a log
   */
  Writer(
      Session session,
      Failures failures,
      Forcing forcing,
      @Nullable LogAppender appender,
      @Nullable SqlLog log) {
    this.session = session;
    this.failures = failures;
    this.forcing = forcing;
    this.appender = appender;
    this.log = log;
    transaction = new WriteTransaction(session, appender);
  }

  /** Starts the thread; it tells of its commits from then on. */
  void start(Care care) {
    this.care = care;
    thread.start();
  }

  /** Returns how many commits there were. */
  long commits() {
    return commits.get();
  }

  /** Returns what the log held after the last commit. */
  Extent extent() {
    return log == null ? Extent.EMPTY : log.extent();
  }

  int waiting() {
    return queue.size();
  }

  /** Returns why nothing can be written any more, if so. */
  Optional<StoreException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Queues work; waits while the queue is full, but never on the writer's own thread. */
  <T> CompletableFuture<T> submit(Work<T> work) {
    if (!queue.put(work, thread)) {
      StoreException stopped = failure;
      work.fail(stopped == null ? refusal() : stopped);
    }
    return work.future();
  }

  /** Lets work begin that waits for more. */
  void hurry() {
    queue.hurry();
  }

  private StoreException refusal() {
    return failures.failure(Category.TRANSIENT, "takes nothing now: it is closed or busy");
  }

  private void loop() {
    try {
      for (List<Work<?>> all = queue.takeAll(); !all.isEmpty(); all = queue.takeAll()) {
        runAll(all);
      }
    } finally {
      session.close();
    }
  }

  private void runAll(List<Work<?>> all) {
    int from = 0;
    while (from < all.size()) {
      int end = from + 1;
      if (all.get(from).isGrouped()) {
        while (end < all.size() && all.get(end).isGrouped()) {
          end++;
        }
      }
      group(all.subList(from, end));
      from = end;
    }
  }

  private void group(List<Work<?>> works) {
    StoreException stopped = failure;
    if (stopped != null) {
      works.forEach(work -> work.fail(stopped));
      return;
    }
    try {
      if (works.get(0).kind() == Work.Kind.BETWEEN) {
        works.get(0).run(transaction);
      } else {
        commit(works);
      }
    } catch (RuntimeException | Error e) {
      giveUp(works, e);
      return;
    }
    works.forEach(Work::complete);
    if (care != null) {
      care.committed(commits.get(), extent().bytes());
    }
  }

  private void commit(List<Work<?>> works) {
    forcing.before(!works.stream().allMatch(Work::isPatient));
    session.execute("BEGIN IMMEDIATE");
    for (Work<?> work : works) {
      isolated(work);
    }
    if (appender != null) {
      appender.flush();
    }
    session.execute("COMMIT");
    commits.incrementAndGet();
    if (appender != null && log != null) {
      appender.committed();
      log.show(appender.extent());
    }
  }

  private void isolated(Work<?> work) {
    Extent before = appender == null ? null : appender.extent();
    if (!work.runIsolated(session, transaction) && appender != null && before != null) {
      appender.reset(before);
    }
  }

  private void giveUp(List<Work<?>> works, Throwable e) {
    StoreException why =
        e instanceof StoreException store ? store : failures.failure(Category.FATAL, "failed", e);
    if (!rollBack() || why.category() != Category.TRANSIENT) {
      stop(why);
    }
    works.forEach(work -> work.fail(why));
  }

  /** Lets nothing be written any more. */
  void stop(StoreException why) {
    failure = why;
    LOG.error("{}; nothing is stored any more", why.getMessage());
  }

  /** A failure may have ended the transaction already, and then there is nothing to undo. */
  private boolean rollBack() {
    if (appender != null) {
      appender.rolledBack();
    }
    try {
      session.rollback();
      return true;
    } catch (StoreException e) {
      LOG.error("cannot undo what failed: {}", e.getMessage());
      return false;
    }
  }

  /** Does what waits, then ends the thread; waits for that. */
  @Override
  public void close() {
    queue.close();
    Threads.join(thread);
  }
}
