package org.peal.handler;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.peal.PealException;
import org.peal.Threads;
import org.peal.store.OutboxRow;
import org.peal.store.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what a handler publishes from the store that nodes share into the outbox of this node,
 * which publishes it. A row goes from there when it is here for certain, so a sudden death may
 * bring it into two nodes: with one id, as it is one message. Thread-safe.
 */
final class OutboxCarrier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxCarrier.class);
  private static final int PAGE = 100;
  private static final long LOOK_MILLIS = 1000;

  private final String handler;
  private final StateStore shared;
  private final StateStore own;
  private final Runnable published;
  private final Semaphore asked = new Semaphore(0);
  private final Thread thread;
  private volatile boolean isClosed;
  private boolean isFailing;

  /** Makes one; {@code published} is run when there is something new in this node's outbox. */
  OutboxCarrier(String handler, StateStore shared, StateStore own, Runnable published) {
    this.handler = handler;
    this.shared = shared;
    this.own = own;
    this.published = published;
    this.thread = Threads.daemon("peal-outbox-" + handler, this::run);
  }

  void start() {
    thread.start();
  }

  /** Tells that there is something new. */
  void wake() {
    asked.release();
  }

  private void run() {
    try {
      while (!isClosed) {
        attempt();
        if (asked.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          asked.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** By a failure of the shared store the term ends too; this node's may have room again later. */
  private void attempt() {
    try {
      carryAll();
      isFailing = false;
    } catch (PealException | CompletionException e) {
      if (!isFailing) {
        LOG.warn("handler {}: what it published waits: {}", handler, e.getMessage());
      }
      isFailing = true;
    }
  }

  private void carryAll() {
    boolean isMore = true;
    while (isMore && !isClosed) {
      List<OutboxRow> page = shared.read(s -> s.outbox().ofHandler(handler, PAGE));
      isMore = page.size() == PAGE;
      if (!page.isEmpty()) {
        carry(page);
      }
    }
  }

  private void carry(List<OutboxRow> page) {
    own.write(
            t -> {
              page.forEach(row -> t.outbox().add(row.message()));
              return true;
            })
        .join();
    published.run();
    shared
        .write(
            t -> {
              page.forEach(row -> t.outbox().delete(row.row()));
              return true;
            })
        .join();
  }

  @Override
  public void close() {
    isClosed = true;
    wake();
    Threads.join(thread);
  }
}
