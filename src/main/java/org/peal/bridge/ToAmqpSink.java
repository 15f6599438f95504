package org.peal.bridge;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.peal.PealException;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.store.Acquaintance;
import org.peal.store.HandledMessage;
import org.peal.stream.Event;
import org.peal.stream.Rows;
import org.peal.stream.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what comes from ZeroMQ into the journal, in its publishers' order. A full journal lets it
 * wait, so that sockets pause and what is missed meanwhile is asked for afterwards. Thread-safe;
 * takes one message at a time.
 */
final class ToAmqpSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(ToAmqpSink.class);
  private static final long LOOK_MILLIS = 100;

  private final Function<Delivery, Crossing<AmqpMessage>> conversion;
  private final Journal journal;
  private final long most;
  private final Crossed crossed;
  private final DeadLetters deadLetters;
  private final Tally tally;
  private final InstantSource clock;
  private final ServiceTable services;
  private final Runnable added;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean isClosed;

  /**
   * Makes a sink.
   *
   * @param most entries of the journal
   * @param added told that there may be a new entry soon
   */
  ToAmqpSink(
      Function<Delivery, Crossing<AmqpMessage>> conversion,
      Journal journal,
      long most,
      Crossed crossed,
      DeadLetters deadLetters,
      Tally tally,
      InstantSource clock,
      ServiceTable services,
      Runnable added) {
    this.conversion = conversion;
    this.journal = journal;
    this.most = most;
    this.crossed = crossed;
    this.deadLetters = deadLetters;
    this.tally = tally;
    this.clock = clock;
    this.services = services;
    this.added = added;
  }

  @Override
  public boolean take(Event.Message message, Consumer<Rows> recorder) {
    if (!awaitRoom()) {
      return false;
    }
    recorder.accept(take(message.delivery(), false));
    return true;
  }

  /**
   * Returns what is to be recorded with a message; never throws for what it says.
   *
   * @param isAgain whether it crosses even if it has before
   */
  Rows take(Delivery delivery, boolean isAgain) {
    tally.received.increment();
    try {
      return convert(delivery, isAgain);
    } catch (PealException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("a fault of peal itself: a message cannot be converted", e);
      bury(delivery, "a fault of peal itself: " + e);
      return Rows.NONE;
    }
  }

  private Rows convert(Delivery delivery, boolean isAgain) {
    note(delivery);
    Crossing<AmqpMessage> crossing = conversion.apply(delivery);
    if (crossing instanceof Crossing.Passed<AmqpMessage> passed) {
      return journalled(delivery, passed.message(), isAgain);
    } else if (crossing instanceof Crossing.Skipped<AmqpMessage> skipped) {
      tally.skipped(skipped.reason());
    } else if (crossing instanceof Crossing.Refused<AmqpMessage> refused) {
      tally.invalid.increment();
      bury(delivery, refused.why());
    }
    return Rows.NONE;
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

  private Rows journalled(Delivery delivery, AmqpMessage message, boolean isAgain) {
    HandledMessage handled =
        crossed.record(
            Direction.TO_AMQP, message.id().orElseThrow(), message.topic(), message.body());
    if (isAgain) {
      crossed.forget(handled);
    }
    Acquaintance known = crossed.check(handled);
    if (known instanceof Acquaintance.Same) {
      tally.duplicates.increment();
      return Rows.NONE;
    }
    if (known instanceof Acquaintance.Conflict) {
      bury(delivery, "another message with its id has crossed");
      return Rows.NONE;
    }
    Rows addition = journal.addition(message, handled);
    return transaction -> {
      addition.write(transaction);
      added.run();
    };
  }

  private void bury(Delivery delivery, String why) {
    tally.deadLettered.increment();
    deadLetters.add(DeadLetter.of(delivery, why, clock.instant()));
  }

  private boolean awaitRoom() {
    lock.lock();
    try {
      while (!isClosed && journal.size() >= most) {
        changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return !isClosed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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
