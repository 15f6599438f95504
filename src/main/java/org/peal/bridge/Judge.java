package org.peal.bridge;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.bus.Delivery;
import org.peal.store.Acquaintance;
import org.peal.store.HandledMessage;
import org.peal.stream.Rows;

/**
 * Decides, in their order, which of the messages that were prepared go into the journal, and says
 * what is recorded with each. It looks up at once what is known of all that wait. Thread-safe.
 */
final class Judge implements AutoCloseable {

  private static final int WAITING = 512;
  private static final int BATCH = 128;

  /** Bytes of messages that may wait; a larger one waits alone. */
  private static final int MOST_BYTES = 8 << 20;

  /** More than a subscriber lets wait for their commit, and a batch that was looked up then. */
  private static final int LATEST = 2048;

  /**
   * A message that was prepared.
   *
   * @param recorder where its rows go
   */
  record Case(Delivery delivery, Preparation.Result result, Consumer<Rows> recorder) {
    private int weight() {
      return Math.min(MOST_BYTES, delivery.raw().payload().length);
    }
  }

  private final Journal journal;
  private final Crossed crossed;
  private final DeadLetters deadLetters;
  private final Tally tally;
  private final InstantSource clock;
  private final Runnable added;
  private final Runnable over;
  private final BlockingQueue<Case> waiting = new LinkedBlockingQueue<>(WAITING);
  private final Semaphore room = new Semaphore(MOST_BYTES);
  private final Thread thread = Threads.daemon("peal-bridge-judge", this::run);

  /** What was let pass last, of which the store may not know yet; used by the thread. */
  private final LatestCrossed latest = new LatestCrossed(LATEST);

  private volatile @Nullable Throwable failure;

  /**
   * Makes one.
   *
   * @param added told when there is a new entry of the journal
   * @param over told after each message
   */
  Judge(
      Journal journal,
      Crossed crossed,
      DeadLetters deadLetters,
      Tally tally,
      InstantSource clock,
      Runnable added,
      Runnable over) {
    this.journal = journal;
    this.crossed = crossed;
    this.deadLetters = deadLetters;
    this.tally = tally;
    this.clock = clock;
    this.added = added;
    this.over = over;
  }

  void start() {
    thread.start();
  }

  /** Takes a message; waits for room. */
  void take(Case one) throws InterruptedException {
    room.acquire(one.weight());
    waiting.put(one);
  }

  /** Returns why nothing is decided any more; null if all is well. */
  @Nullable Throwable failure() {
    return failure;
  }

  private void run() {
    try {
      while (true) {
        List<Case> batch = new ArrayList<>();
        batch.add(waiting.take());
        waiting.drainTo(batch, BATCH - 1);
        decide(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void decide(List<Case> batch) {
    try {
      if (failure == null) {
        decideAll(batch);
      }
    } catch (RuntimeException | Error e) {
      failure = e; // what was not recorded comes again at the next start
    } finally {
      batch.forEach(this::end);
    }
  }

  private void end(Case one) {
    room.release(one.weight());
    over.run();
  }

  private void decideAll(List<Case> batch) {
    List<HandledMessage> ready =
        batch.stream()
            .flatMap(one -> ready(one.result()).stream())
            .map(message -> message.crossed())
            .toList();
    List<Acquaintance> known = ready.isEmpty() ? List.of() : crossed.check(ready);
    int next = 0;
    for (Case one : batch) {
      Optional<Prepared> message = ready(one.result());
      Rows rows =
          message.isPresent()
              ? rows(
                  one.delivery(),
                  message.get(),
                  latest.check(message.get().crossed(), known.get(next++)))
              : leave(one.delivery(), one.result());
      one.recorder().accept(rows);
    }
  }

  private static Optional<Prepared> ready(Preparation.Result result) {
    return result instanceof Preparation.Ready ready
        ? Optional.of(ready.message())
        : Optional.empty();
  }

  /** Lets a message cross even if it has before; waits for the commit. */
  void decideAgain(Delivery delivery, Preparation.Result result) {
    Optional<Prepared> message = ready(result);
    if (message.isEmpty()) {
      leave(delivery, result);
      return;
    }
    crossed.forget(message.get().crossed());
    journal.write(rows(delivery, message.get(), crossed.check(message.get().crossed())));
  }

  private Rows rows(Delivery delivery, Prepared message, Acquaintance known) {
    if (known instanceof Acquaintance.Same) {
      tally.duplicates.increment();
      return Rows.NONE;
    }
    if (known instanceof Acquaintance.Conflict) {
      bury(delivery, "another message with its id has crossed");
      return Rows.NONE;
    }
    return journal.addition(message, added);
  }

  private Rows leave(Delivery delivery, Preparation.Result result) {
    if (result instanceof Preparation.Skipped skipped) {
      tally.skipped(skipped.reason());
    } else if (result instanceof Preparation.Refused refused) {
      if (refused.isInvalid()) {
        tally.invalid.increment();
      }
      bury(delivery, refused.why());
    }
    return Rows.NONE;
  }

  private void bury(Delivery delivery, String why) {
    tally.deadLettered.increment();
    deadLetters.add(DeadLetter.of(delivery, why, clock.instant()));
  }

  /** Decides nothing more; what waits is dropped. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
