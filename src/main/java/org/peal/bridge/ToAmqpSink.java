package org.peal.bridge;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.OrderedPipeline;
import org.peal.bus.Delivery;
import org.peal.stream.Event;
import org.peal.stream.Rows;
import org.peal.stream.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what comes from ZeroMQ into the journal, in its publishers' order: prepared on all cores,
 * judged by one thread. A full journal lets it wait, so that sockets pause and what is missed
 * meanwhile is asked for afterwards. Thread-safe; takes one message at a time.
 */
final class ToAmqpSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(ToAmqpSink.class);
  private static final long LOOK_MILLIS = 100;

  /** Bytes that may be prepared at once, and what a message costs besides its own. */
  private static final int UNDER_WAY = 8 << 20;

  private static final int OVERHEAD = 8192;

  /** A message that was taken, and where its rows go. */
  private record Taken(Delivery delivery, Consumer<Rows> recorder) {}

  private final Preparation preparation;
  private final Journal journal;
  private final long most;
  private final Tally tally;
  private final InstantSource clock;
  private final ServiceTable services;
  private final Judge judge;
  private final OrderedPipeline<Taken, Judge.Case> stage;
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
      Crossed crossed,
      DeadLetters deadLetters,
      Tally tally,
      InstantSource clock,
      ServiceTable services,
      Runnable added) {
    this.preparation = preparation;
    this.journal = journal;
    this.most = most;
    this.tally = tally;
    this.clock = clock;
    this.services = services;
    this.judge = new Judge(journal, crossed, deadLetters, tally, clock, added, this::end);
    this.stage =
        new OrderedPipeline<>(
            "bridge-prepare",
            Runtime.getRuntime().availableProcessors(),
            UNDER_WAY,
            taken -> OVERHEAD + taken.delivery().raw().payload().length,
            this::prepare,
            this::handOn,
            () -> {});
    judge.start();
    stage.start();
  }

  @Override
  public boolean take(Event.Message message, Consumer<Rows> recorder) {
    Throwable failure = failure();
    if (failure != null) {
      throw new IllegalStateException(
          "messages are not put into the journal any more: " + failure, failure);
    }
    if (!begin()) {
      return false;
    }
    tally.received.increment();
    try {
      stage.submit(new Taken(message.delivery(), recorder));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
      return false;
    }
  }

  private @Nullable Throwable failure() {
    Throwable failed = stage.failure();
    return failed == null ? judge.failure() : failed;
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

  private void handOn(Judge.Case one) {
    try {
      judge.take(one);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    }
  }

  private Judge.Case prepare(Taken taken) {
    note(taken.delivery());
    return new Judge.Case(taken.delivery(), preparation.of(taken.delivery()), taken.recorder());
  }

  /** Lets a message cross even if it has before. */
  void takeAgain(Delivery delivery) {
    tally.received.increment();
    judge.decideAgain(delivery, preparation.of(delivery));
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

  @Override
  public void settle() {
    lock.lock();
    try {
      while (underWay > 0 && !isClosed && failure() == null) {
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
    judge.close();
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
