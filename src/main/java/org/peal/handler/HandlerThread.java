package org.peal.handler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which the code of one handler runs, so that it can be waited for with a limit. A
 * call that takes longer is interrupted, and reported until it ends: two calls at a time are never
 * made. Calls are made by one thread at a time; the rest is thread-safe.
 */
final class HandlerThread {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerThread.class);

  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

  private final String name;
  private final Duration deadline;
  private final InstantSource clock;
  private final ExecutorService executor;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile @Nullable Instant stuckSince;
  private volatile @Nullable String thrown;
  private @Nullable Thread running;

  HandlerThread(String name, Duration deadline, InstantSource clock) {
    this.name = name;
    this.deadline = deadline;
    this.clock = clock;
    this.executor = Executors.newSingleThreadExecutor(Threads.factory("peal-handler-" + name));
  }

  /**
   * Runs some code of the handler and waits for its end.
   *
   * @return its answer, or a retry that says what it threw; empty if this was closed meanwhile
   */
  Optional<Outcome> call(Callable<@Nullable Outcome> code) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    if (closed.isDone()) {
      return Optional.empty();
    }
    try {
      executor.execute(() -> run(code, answer));
    } catch (RejectedExecutionException e) {
      // Closed since it was looked at.
      return Optional.empty();
    }
    CompletableFuture<Object> end = CompletableFuture.anyOf(answer, closed);
    if (!isThere(end)) {
      stuckSince = clock.instant();
      LOG.warn(
          "handler {} takes longer than its deadline of {}: interrupted, waiting for its end",
          name,
          deadline);
      interrupt();
      quietly(end);
      stuckSince = null;
    }
    return Optional.ofNullable(answer.getNow(null));
  }

  private void run(Callable<@Nullable Outcome> code, CompletableFuture<Outcome> answer) {
    enter();
    try {
      Outcome said = code.call();
      answer.complete(said == null ? retry("the handler answered nothing (null)") : said);
    } catch (InterruptedException e) {
      failed(answer, "the handler took longer than its deadline of " + deadline);
    } catch (Exception | Error e) {
      LOG.debug("handler {} threw", name, e);
      if (!closed.isDone()) {
        thrown = e.toString();
      }
      failed(answer, "the handler threw " + e);
    } finally {
      leave();
    }
  }

  /** What is thrown when this has been closed comes of the interrupt, and is no answer. */
  private void failed(CompletableFuture<Outcome> answer, String why) {
    if (!closed.isDone()) {
      answer.complete(retry(why));
    }
  }

  private static Outcome retry(String why) {
    return new Outcome.Retry(Duration.ZERO, why);
  }

  private boolean isThere(CompletableFuture<Object> end) {
    try {
      end.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException | CancellationException e) {
      throw new IllegalStateException("an answer is never a failure", e);
    }
  }

  private static void quietly(CompletableFuture<Object> end) {
    try {
      end.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never a failure", e);
    }
  }

  private synchronized void enter() {
    running = Thread.currentThread();
  }

  /** From here on no interrupt comes, so none is left to meet the next call. */
  private synchronized void leave() {
    running = null;
    Thread.interrupted();
  }

  private synchronized void interrupt() {
    if (running != null) {
      running.interrupt();
    }
  }

  /** Returns since when a call has been overdue, if one is. */
  Optional<Instant> stuckSince() {
    return Optional.ofNullable(stuckSince);
  }

  /** Returns what the handler threw last, if it ever did. */
  Optional<String> thrown() {
    return Optional.ofNullable(thrown);
  }

  /**
   * Waits for no answer any more; the call under way is interrupted, and may take a moment to end.
   *
   * @return whether it has ended, so that the handler can be closed
   */
  boolean end() {
    closed.complete(null);
    interrupt();
    executor.shutdownNow();
    try {
      if (executor.awaitTermination(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warn("handler {} does not end its call, left as it is", name);
    return false;
  }
}
