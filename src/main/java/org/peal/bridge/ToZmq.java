package org.peal.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.peal.PealException;
import org.peal.PealException.Category;
import org.peal.Threads;
import org.peal.bus.amqp.AmqpDelivery;
import org.peal.bus.amqp.AmqpHandler;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.Received;
import org.peal.json.SpacedJson;
import org.peal.store.Acquaintance;
import org.peal.store.Database;
import org.peal.store.HandledMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes on ZeroMQ what comes from a queue, in its order, and takes it out of the queue only
 * when it is in the node's own log. What cannot be published now is tried again, before what comes
 * behind it. Thread-safe.
 */
final class ToZmq implements AmqpHandler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ToZmq.class);
  private static final int BATCH = 250;

  /** More than any broker hands over before something is settled. */
  private static final int MOST_WAITING = 70_000;

  private static final long LOOK_MILLIS = 200;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long JOIN_MILLIS = 5000;

  /** What makes of messages what is published; in compat mode an envelope already signed. */
  interface Conversion {
    Crossing<ZmqOutput> convert(AmqpMessage message, String exchange);
  }

  /** A message with what becomes of it. */
  private record Work(
      AmqpMessage message, String exchange, boolean isAgain, Runnable settled, Instant since) {}

  private final Conversion conversion;
  private final ZmqOutlet outlet;
  private final Database database;
  private final Crossed crossed;
  private final DeadLetters deadLetters;
  private final Tally tally;
  private final InstantSource clock;
  private final ServiceTable services;
  private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread thread = Threads.daemon("peal-bridge-zmq", this::run);
  private volatile boolean isClosed;
  private volatile @Nullable String problem;
  private volatile @Nullable Instant oldest;

  ToZmq(
      Conversion conversion,
      ZmqOutlet outlet,
      Database database,
      Crossed crossed,
      DeadLetters deadLetters,
      Tally tally,
      ServiceTable services,
      InstantSource clock) {
    this.conversion = conversion;
    this.outlet = outlet;
    this.database = database;
    this.crossed = crossed;
    this.deadLetters = deadLetters;
    this.tally = tally;
    this.clock = clock;
    this.services = services;
  }

  void start() {
    thread.start();
  }

  @Override
  public void handle(AmqpDelivery delivery) {
    tally.received.increment();
    note(delivery.message());
    offer(delivery.message(), delivery.exchange(), false, delivery::ack);
  }

  private void note(AmqpMessage message) {
    Marks marks = Marks.of(message.headers());
    services.saw(
        message.topic(),
        marks.isMarked() ? ServiceTable.Way.BRIDGED_TO_AMQP : ServiceTable.Way.NATIVE_AMQP,
        marks.isMarked() ? Optional.empty() : Optional.of(message.schema()),
        clock.instant());
  }

  @Override
  public void invalid(Received.Invalid message) {
    tally.received.increment();
    tally.invalid.increment();
    tally.deadLettered.increment();
    deadLetters.add(DeadLetter.of(message, clock.instant()));
  }

  /**
   * Lets a message cross.
   *
   * @param isAgain whether it is sent even if the log has it already
   * @param settled run when it need not come again
   */
  void offer(AmqpMessage message, String exchange, boolean isAgain, Runnable settled) {
    try {
      waiting.put(new Work(message, exchange, isAgain, settled, clock.instant()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the queue keeps the message
    }
  }

  private void run() {
    try {
      while (!isClosed) {
        Work first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Work> batch = new ArrayList<>();
          batch.add(first);
          waiting.drainTo(batch, BATCH - 1);
          oldest = first.since();
          pass(batch);
          oldest = null;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Publishes until every message is over. */
  private void pass(List<Work> batch) {
    List<Work> left = batch;
    while (!left.isEmpty() && !isClosed) {
      List<Work> tried = left;
      LatestCrossed latest = new LatestCrossed(BATCH);
      List<CompletionStage<Boolean>> answers =
          tried.stream().map(work -> begin(work, latest)).toList();
      left = new ArrayList<>();
      for (int i = 0; i < tried.size(); i++) {
        if (!isOver(tried.get(i), answers.get(i).toCompletableFuture())) {
          left.add(tried.get(i));
        }
      }
      if (!left.isEmpty()) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /**
   * Hands a message over; the answer tells whether it has crossed now.
   *
   * @param latest what was handed over with it
   */
  private CompletionStage<Boolean> begin(Work work, LatestCrossed latest) {
    try {
      Crossing<ZmqOutput> crossing = conversion.convert(work.message(), work.exchange());
      if (crossing instanceof Crossing.Passed<ZmqOutput> passed) {
        return publish(work, passed.message(), latest);
      } else if (crossing instanceof Crossing.Skipped<ZmqOutput> skipped) {
        tally.skipped(skipped.reason());
      } else if (crossing instanceof Crossing.Refused<ZmqOutput> refused) {
        tally.invalid.increment();
        bury(work, refused.why());
      }
      return CompletableFuture.completedFuture(false);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<Boolean> publish(Work work, ZmqOutput output, LatestCrossed latest) {
    AmqpMessage message = work.message();
    HandledMessage handled =
        crossed.record(
            Direction.TO_ZMQ, message.id().orElseThrow(), message.topic(), message.body());
    Acquaintance known = known(handled, work.isAgain(), latest);
    if (known instanceof Acquaintance.Same) {
      tally.duplicates.increment();
      return CompletableFuture.completedFuture(false);
    }
    if (known instanceof Acquaintance.Conflict) {
      bury(work, "another message with its id has crossed");
      return CompletableFuture.completedFuture(false);
    }
    if (output instanceof ZmqOutput.Own own) {
      if (work.isAgain()) {
        own.draft().id().ifPresent(outlet::sendAgain);
      }
      return outlet
          .publish(own.draft(), transaction -> transaction.outcomes().record(handled))
          .thenApply(published -> true);
    }
    ZmqOutput.Original original = (ZmqOutput.Original) output;
    outlet.send(original.topic(), original.payload());
    return database
        .write(transaction -> transaction.outcomes().record(handled))
        .thenApply(recorded -> true);
  }

  /** What is sent again crosses even if it was handed over a moment ago. */
  private Acquaintance known(HandledMessage handled, boolean isAgain, LatestCrossed latest) {
    if (isAgain) {
      crossed.forget(handled);
    }
    Acquaintance stored = crossed.check(handled);
    Acquaintance now = latest.check(handled, stored);
    return isAgain ? stored : now;
  }

  /** Waits for the answer; tells whether the message need not be tried again. */
  private boolean isOver(Work work, CompletableFuture<Boolean> answer) {
    try {
      if (answer.join()) {
        problem = null;
        tally.crossed(work.message().sentAt().orElse(work.since()), clock.instant());
      }
      work.settled().run();
      return true;
    } catch (CompletionException e) {
      return isOver(work, e.getCause());
    }
  }

  private boolean isOver(Work work, @Nullable Throwable cause) {
    String why = String.valueOf(cause == null ? "no answer" : cause.getMessage());
    boolean isTransient =
        cause instanceof PealException known && known.category() != Category.PERMANENT;
    if (!isTransient) {
      bury(work, why);
      work.settled().run();
      return true;
    }
    if (problem == null) {
      LOG.warn("messages for ZeroMQ wait: {}", why);
    }
    problem = why;
    return false;
  }

  private void bury(Work work, String why) {
    tally.deadLettered.increment();
    deadLetters.add(
        DeadLetter.of(Direction.TO_ZMQ, work.message(), work.exchange(), why, clock.instant()));
  }

  /** Returns why nothing is published at the moment, if so. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Returns how many messages wait. */
  int waiting() {
    return waiting.size();
  }

  /** Returns for how long the first message has waited. */
  Duration age() {
    Instant first = oldest;
    return first == null ? Duration.ZERO : Duration.between(first, clock.instant());
  }

  /** Returns a conversion to what Python's bridge sends. */
  static Conversion compat(CompatToZmq conversion, ZmqOutlet outlet) {
    return (message, exchange) -> {
      Crossing<ObjectNode> crossing = conversion.convert(message);
      if (crossing instanceof Crossing.Passed<ObjectNode> passed) {
        byte[] payload = SpacedJson.write(outlet.sign(passed.message()));
        return new Crossing.Passed<>(new ZmqOutput.Original(message.topic(), payload));
      }
      return crossing instanceof Crossing.Refused<ObjectNode> refused
          ? new Crossing.Refused<>(refused.why())
          : new Crossing.Skipped<>(Crossing.Reason.FILTERED);
    };
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
