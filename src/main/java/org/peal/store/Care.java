package org.peal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;
import org.peal.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps the files in shape beside the writer: it copies what was committed from the
 * write-ahead log into the file, gives up old messages, and forces to the disk when commits do not.
 * Thread-safe.
 */
final class Care implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Care.class);

  /** After so many commits or bytes it is worth looking before the rhythm says so. */
  private static final int MANY_COMMITS = 256;

  /**
   * The same where commits are forced to the disk: while what was copied is forced they wait for
   * that as well, so there should be little of it at a time. Large commits are those of a load,
   * where forcing more often costs more than such a wait; so the bytes are many.
   */
  private static final int MANY_FORCED_COMMITS = 32;

  private static final long MANY_BYTES = 16 << 20;

  /**
   * Length of the write-ahead log in pages at which it must begin anew. It does so by itself when
   * the writer pauses; without a pause the writer has to wait for the rest to be copied.
   */
  private static final long TOO_LONG = 8192;

  private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";
  private static final String COPY_ALL = "PRAGMA wal_checkpoint(RESTART)";
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Session session;
  private final Writer writer;
  private final Failures failures;
  private final @Nullable Retention retention;
  private final Duration rhythm;
  private final boolean forces;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final Thread thread = Threads.daemon("peal-store-care", this::loop);
  private boolean wake;
  private boolean closed;
  private long restUntil = System.nanoTime();
  private long copiedCommits;
  private long forcedCommits;
  private long seenCommits;
  private long seenBytes;

  /**
   * Makes the thread; nothing runs before {@link #start()}.
   *
   * @param session its own, closed by it at the end
   * @param retention null without a log
   */
  Care(
      Session session,
      Writer writer,
      Failures failures,
      @Nullable Retention retention,
      StoreConfig config) {
    this.session = session;
    this.writer = writer;
    this.failures = failures;
    this.retention = retention;
    forces = Forcing.isLate(config, retention != null);
    rhythm = forces ? config.fsyncInterval() : IDLE;
  }

  void start() {
    thread.start();
  }

  /** Notes a commit. Called by the writer's thread; does not wait. */
  void committed(long commits, long bytes) {
    int many = forces ? MANY_COMMITS : MANY_FORCED_COMMITS;
    if (commits - seenCommits < many && Math.abs(bytes - seenBytes) < MANY_BYTES) {
      return;
    }
    seenCommits = commits;
    seenBytes = bytes;
    lock.lock();
    try {
      wake = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  private void loop() {
    try {
      Duration pause = rhythm;
      while (await(pause)) {
        pause = round();
      }
    } finally {
      session.close();
    }
  }

  /** Waits until there is something to do; tells whether there will ever be. */
  private boolean await(Duration pause) {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!closed && !wake && left > 0) {
        left = woken.awaitNanos(left);
      }
      wake = false;
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Duration round() {
    try {
      if (forces) {
        force();
      }
      copy();
      return trim();
    } catch (StoreException | CompletionException e) {
      LOG.warn("{}", e.getMessage());
      return IDLE;
    }
  }

  /** What cannot be forced may be lost already, and asking again would hide that. */
  private void force() {
    long commits = writer.commits();
    if (commits == forcedCommits) {
      return;
    }
    forcedCommits = commits;
    Path writeAhead = failures.file().resolveSibling(failures.file().getFileName() + "-wal");
    if (!Files.exists(writeAhead)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(writeAhead, StandardOpenOption.WRITE)) {
      channel.force(false);
    } catch (IOException e) {
      writer.stop(failures.failure(Category.FATAL, "cannot be forced to the disk", e));
    }
  }

  private void copy() {
    long commits = writer.commits();
    if (commits == copiedCommits) {
      return;
    }
    copiedCommits = commits;
    long pages = session.first(COPY, row -> row.getLong(2)).orElse(0L);
    if (pages > TOO_LONG) {
      writer.submit(new Work<>(Work.Kind.BETWEEN, t -> t.session().number(COPY_ALL))).join();
    }
  }

  /** Deletes a chunk if there is reason; returns how long to rest afterwards. */
  private Duration trim() {
    Duration left = Duration.ofNanos(restUntil - System.nanoTime());
    if (!left.isNegative() && !left.isZero()) {
      return left.compareTo(rhythm) < 0 ? left : rhythm;
    }
    if (retention == null || !retention.isDue(session, writer.extent())) {
      return rhythm;
    }
    Retention rules = retention;
    int deleted =
        writer
            .submit(
                new Work<Integer>(Work.Kind.ALONE, t -> rules.deleteChunk(t.session(), t.log())))
            .join();
    if (deleted == 0) {
      return rhythm;
    }
    Duration pause = rules.pause(deleted);
    restUntil = System.nanoTime() + pause.toNanos();
    return pause.compareTo(rhythm) < 0 ? pause : rhythm;
  }

  /** Ends the thread after what it is at; waits for that. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
    Threads.join(thread);
  }
}
