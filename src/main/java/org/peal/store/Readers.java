package org.peal.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;

/**
 * The connections that only read: few, opened when needed, lent for one transaction. Thread-safe.
 */
final class Readers implements AutoCloseable {

  private static final int MOST = 4;
  private static final int PATIENCE_SECONDS = 30;

  private final Connections connections;
  private final Failures failures;
  private final Semaphore permits = new Semaphore(MOST, true);
  private final Deque<Session> idle = new ArrayDeque<>();
  private boolean closed;

  Readers(Connections connections, Failures failures) {
    this.connections = connections;
    this.failures = failures;
  }

  /** Reads in one transaction, on the caller's thread. */
  <T> T read(Function<Session, T> work) {
    take();
    try {
      Session session = lend();
      try {
        session.execute("BEGIN");
        return work.apply(session);
      } finally {
        giveBack(session);
      }
    } finally {
      permits.release();
    }
  }

  private void take() {
    try {
      if (permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw failures.failure(Category.TRANSIENT, "has too many readers: try again later");
  }

  private Session lend() {
    Session session = next();
    return session == null ? connections.reader() : session;
  }

  private synchronized @Nullable Session next() {
    if (closed) {
      throw failures.failure(Category.TRANSIENT, "is closed");
    }
    return idle.poll();
  }

  /** A connection whose transaction does not even end is of no use any more. */
  private void giveBack(Session session) {
    boolean usable = false;
    try {
      session.rollback();
      usable = keep(session);
    } finally {
      if (!usable) {
        session.close();
      }
    }
  }

  private synchronized boolean keep(Session session) {
    return !closed && idle.add(session);
  }

  /** Closes the idle connections; one in use is closed when it comes back. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!idle.isEmpty()) {
      idle.remove().close();
    }
  }
}
