package org.peal.handler;

import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.peal.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why something that brings messages to a handler brings none any more, if so: the first thing that
 * went wrong, which people are told once. Thread-safe.
 */
public final class Ending {

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /** What a thread does until it is asked to end. */
  interface Work {
    void run() throws InterruptedException;
  }

  private final String handler;
  private final AtomicReference<@Nullable Throwable> why = new AtomicReference<>();

  /** Makes one for what brings messages to the handler of a name. */
  public Ending(String handler) {
    this.handler = handler;
  }

  /** Runs some work to its end; what it throws is why it ends. */
  void guard(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      because(e);
    }
  }

  /** Notes what went wrong; of a commit that failed, what the store says. */
  public void because(Throwable fault) {
    Throwable cause = fault.getCause();
    Throwable told = fault instanceof CompletionException && cause != null ? cause : fault;
    if (!why.compareAndSet(null, told)) {
      return;
    }
    if (told instanceof StoreException) {
      LOG.warn("handler {} cannot go on: {}", handler, told.getMessage());
    } else {
      LOG.error("handler {} has ended by a fault", handler, told);
    }
  }

  /** Returns what went wrong; null if nothing did. */
  public @Nullable Throwable why() {
    return why.get();
  }
}
