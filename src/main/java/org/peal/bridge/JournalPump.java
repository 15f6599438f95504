package org.peal.bridge;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.peal.PealException;
import org.peal.Threads;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.bus.amqp.AmqpProblem;
import org.peal.bus.amqp.AmqpPublisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the journal to the broker in its order and removes what the broker confirms; while it
 * is allowed to. What is not confirmed stays and is tried again, before what comes behind it.
 * Thread-safe.
 */
final class JournalPump implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalPump.class);

  /** Messages that may be published again after a sudden death, at most. */
  private static final int BATCH = 250;

  private static final long LOOK_MILLIS = 200;
  private static final long PAUSE_MILLIS = 1000;
  private static final long JOIN_MILLIS = 5000;

  private final Journal journal;
  private final AmqpPublisher publisher;
  private final String exchange;
  private final BooleanSupplier mayPublish;
  private final DeadLetters deadLetters;
  private final Tally tally;
  private final InstantSource clock;
  private final Semaphore asked = new Semaphore(0);
  private final Thread thread = Threads.daemon("peal-bridge-amqp", this::run);
  private volatile boolean isClosed;
  private volatile @Nullable String problem;

  /**
   * Makes a pump.
   *
   * @param exchange where the publisher publishes
   * @param mayPublish whether this bridge is the one that publishes now
   */
  JournalPump(
      Journal journal,
      AmqpPublisher publisher,
      String exchange,
      BooleanSupplier mayPublish,
      DeadLetters deadLetters,
      Tally tally,
      InstantSource clock) {
    this.journal = journal;
    this.publisher = publisher;
    this.exchange = exchange;
    this.mayPublish = mayPublish;
    this.deadLetters = deadLetters;
    this.tally = tally;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Tells that there may be more to publish. */
  void wake() {
    asked.release();
  }

  /** Returns why the broker does not take what waits, if so. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void run() {
    try {
      while (!isClosed) {
        boolean isDone = !mayPublish.getAsBoolean() || pump();
        if (!isClosed
            && asked.tryAcquire(isDone ? LOOK_MILLIS : PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          asked.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Publishes what waits; tells whether all went well. */
  private boolean pump() throws InterruptedException {
    try {
      List<Journal.Entry> batch = journal.next(0, BATCH);
      while (!batch.isEmpty() && !isClosed && mayPublish.getAsBoolean()) {
        if (!publish(batch)) {
          return false;
        }
        batch = journal.next(0, BATCH);
      }
      return true;
    } catch (PealException e) {
      LOG.warn("the bridge's journal cannot be read: {}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.error("a fault of peal itself in the bridge's journal", e);
      return false;
    }
  }

  private boolean publish(List<Journal.Entry> batch) throws InterruptedException {
    List<CompletionStage<Published>> answers = new ArrayList<>();
    for (Journal.Entry entry : batch) {
      long begin = System.nanoTime();
      CompletionStage<Published> answer = publisher.publish(entry.message());
      answers.add(
          answer.whenComplete(
              (published, error) -> {
                if (error == null) {
                  tally.confirmNanos.add(System.nanoTime() - begin);
                  tally.confirms.increment();
                }
              }));
    }
    List<Journal.Entry> over = new ArrayList<>();
    boolean isComplete = true;
    for (int i = 0; i < batch.size(); i++) {
      if (isOver(batch.get(i), answers.get(i))) {
        over.add(batch.get(i));
      } else {
        isComplete = false;
      }
    }
    journal.remove(over);
    return isComplete;
  }

  /** Waits for the answer; tells whether the message need not be published any more. */
  private boolean isOver(Journal.Entry entry, CompletionStage<Published> answer)
      throws InterruptedException {
    try {
      answer.toCompletableFuture().get();
      problem = null;
      Instant made = entry.message().sentAt().orElse(entry.since());
      tally.crossed(made, clock.instant());
      return true;
    } catch (ExecutionException e) {
      return isOver(entry, e.getCause());
    }
  }

  private boolean isOver(Journal.Entry entry, @Nullable Throwable cause) {
    boolean isMessagesFault =
        cause instanceof PublishException refusal
            && (refusal.kind() == Kind.FORBIDDEN || refusal.kind() == Kind.MALFORMED)
            && publisher.status().problem().filter(JournalPump::isRefusal).isEmpty();
    String why = String.valueOf(cause == null ? "no answer" : cause.getMessage());
    if (isMessagesFault) {
      tally.deadLettered.increment();
      deadLetters.add(
          DeadLetter.of(Direction.TO_AMQP, entry.message(), exchange, why, clock.instant()));
      return true;
    }
    if (problem == null) {
      LOG.warn("the bridge's journal waits: {}", why);
    }
    problem = why;
    return false;
  }

  /** Where the broker refuses everything, no message is to blame. */
  private static boolean isRefusal(AmqpProblem why) {
    return why.kind() == AmqpProblem.Kind.REFUSED;
  }

  @Override
  public void close() {
    isClosed = true;
    wake();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
