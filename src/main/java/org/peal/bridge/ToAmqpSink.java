package org.peal.bridge;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.peal.OrderedPipeline;
import org.peal.bus.Delivery;
import org.peal.store.Acquaintance;
import org.peal.store.HandledMessage;
import org.peal.stream.Event;
import org.peal.stream.Rows;
import org.peal.stream.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what comes from ZeroMQ into the journal, in its publishers' order: prepared on all cores,
 * judged and handed on by one thread. A full journal lets it wait, so that sockets pause and what
 * is missed meanwhile is asked for afterwards. Thread-safe; takes one message at a time.
 */
final class ToAmqpSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(ToAmqpSink.class);
  private static final long LOOK_MILLIS = 100;

  /** Bytes that may be prepared at once, and what a message costs besides its own. */
  private static final int UNDER_WAY = 8 << 20;

  private static final int OVERHEAD = 8192;

  /** More messages than are prepared at once and wait for their commit. */
  private static final int LATEST = UNDER_WAY / OVERHEAD + 1024;

  /** A message that was taken, and where its rows go. */
  private record Taken(Delivery delivery, Consumer<Rows> recorder) {}

  /** The same with what was made of it. */
  private record Done(Taken taken, Preparation.Result result) {}

  private final Preparation preparation;
  private final Journal journal;
  private final long most;
  private final DeadLetters deadLetters;
  private final Tally tally;
  private final InstantSource clock;
  private final ServiceTable services;
  private final Runnable added;
  private final OrderedPipeline<Taken, Done> stage;

  /** What was handed on last, of which the store may not know yet; used by the stage's thread. */
  private final LatestCrossed latest = new LatestCrossed(LATEST);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int underWay;
  private boolean isClosed;

  /**
   * Makes a sink.
   *
   * @param most entries of the journal
   * @param added told when there is a new entry
   */
  ToAmqpSink(
      Preparation preparation,
      Journal journal,
      long most,
      DeadLetters deadLetters,
      Tally tally,
      InstantSource clock,
      ServiceTable services,
      Runnable added) {
    this.preparation = preparation;
    this.journal = journal;
    this.most = most;
    this.deadLetters = deadLetters;
    this.tally = tally;
    this.clock = clock;
    this.services = services;
    this.added = added;
    this.stage =
        new OrderedPipeline<>(
            "bridge-prepare",
            Runtime.getRuntime().availableProcessors(),
            UNDER_WAY,
            taken -> OVERHEAD + taken.delivery().raw().payload().length,
            taken -> new Done(taken, preparation.of(taken.delivery(), false)),
            this::handOn,
            () -> {});
    stage.start();
  }

  @Override
  public boolean take(Event.Message message, Consumer<Rows> recorder) {
    Throwable failure = stage.failure();
    if (failure != null) {
      throw new IllegalStateException("messages are not put into the journal any more", failure);
    }
    if (!begin()) {
      return false;
    }
    try {
      stage.submit(new Taken(message.delivery(), recorder));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
      return false;
    }
  }

  /** Waits for room in the journal; tells whether there is some, and something is wanted. */
  private boolean begin() {
    lock.lock();
    try {
      while (!isClosed && journal.size() >= most) {
        changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      underWay += isClosed ? 0 : 1;
      return !isClosed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      underWay--;
      if (underWay == 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void handOn(Done done) {
    try {
      Delivery delivery = done.taken().delivery();
      note(delivery);
      done.taken().recorder().accept(rows(delivery, done.result(), false));
    } finally {
      end();
    }
  }

  /** Lets a message cross even if it has before. */
  void takeAgain(Delivery delivery) {
    journal.write(rows(delivery, preparation.of(delivery, true), true));
  }

  private Rows rows(Delivery delivery, Preparation.Result result, boolean isAgain) {
    tally.received.increment();
    if (result instanceof Preparation.Ready ready) {
      return rows(delivery, ready, isAgain);
    } else if (result instanceof Preparation.Skipped skipped) {
      tally.skipped(skipped.reason());
    } else if (result instanceof Preparation.Refused refused) {
      if (refused.isInvalid()) {
        tally.invalid.increment();
      }
      bury(delivery, refused.why());
    }
    return Rows.NONE;
  }

  private Rows rows(Delivery delivery, Preparation.Ready ready, boolean isAgain) {
    HandledMessage crossed = ready.message().crossed();
    Acquaintance known = isAgain ? ready.known() : latest.check(crossed, ready.known());
    if (known instanceof Acquaintance.Same) {
      tally.duplicates.increment();
      return Rows.NONE;
    }
    if (known instanceof Acquaintance.Conflict) {
      bury(delivery, "another message with its id has crossed");
      return Rows.NONE;
    }
    return journal.addition(ready.message(), added);
  }

  private void note(Delivery delivery) {
    if (delivery.isInvalid()) {
      return;
    }
    ZmqInput.of(delivery)
        .ifPresent(
            input ->
                services.saw(
                    input.topic(),
                    input.isOfBridge()
                        ? ServiceTable.Way.BRIDGED_TO_ZMQ
                        : ServiceTable.Way.NATIVE_ZMQ,
                    Optional.empty(),
                    clock.instant()));
  }

  private void bury(Delivery delivery, String why) {
    tally.deadLettered.increment();
    deadLetters.add(DeadLetter.of(delivery, why, clock.instant()));
  }

  @Override
  public void settle() {
    lock.lock();
    try {
      while (underWay > 0 && !isClosed && stage.failure() == null) {
        changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; who waits for room goes on. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    stage.close();
  }

  @Override
  public void lost(Event.Lost lost, Consumer<Rows> recorder) {
    recorder.accept(Rows.NONE);
  }

  @Override
  public void announce(String text) {
    LOG.warn("bridge to-amqp: {}", text);
  }
}
