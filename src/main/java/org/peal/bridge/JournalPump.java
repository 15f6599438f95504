package org.peal.bridge;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.PealException;
import org.peal.Threads;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.EncodedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the journal to the broker in its order, many entries ahead of their confirmations, and
 * removes what the broker confirms; while it is allowed to. What is not confirmed stays and is
 * tried again, before what comes behind it. Thread-safe.
 */
final class JournalPump implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalPump.class);

  /** Entries that are handed over before it is looked whether any are confirmed. */
  private static final int SHARE = 64;

  private static final long LOOK_MILLIS = 200;
  private static final long PAUSE_MILLIS = 1000;
  private static final Duration END = Duration.ofSeconds(4);
  private static final long JOIN_MILLIS = 5000;

  /** The way to the broker. Thread-safe. */
  interface Outlet {
    /** Publishes a message; done when the broker has it. */
    CompletionStage<Published> publish(EncodedMessage message);

    /** Tells whether the broker refuses everything now, so that no message is to blame. */
    boolean refusesAll();
  }

  private final Journal journal;
  private final JournalReader reader;
  private final PumpWindow window;
  private final Outlet outlet;
  private final String exchange;
  private final BooleanSupplier mayPublish;
  private final DeadLetters deadLetters;
  private final Tally tally;
  private final InstantSource clock;
  private final Thread thread = Threads.daemon("peal-bridge-amqp", this::run);
  private boolean isLeading;
  private volatile boolean isStrikeFailing;
  private volatile boolean isClosed;
  private volatile @Nullable String problem;

  /**
   * Makes a pump.
   *
   * @param most entries that may be under way
   * @param exchange where the outlet publishes
   * @param mayPublish whether this bridge is the one that publishes now
   */
  JournalPump(
      Journal journal,
      int most,
      Outlet outlet,
      String exchange,
      BooleanSupplier mayPublish,
      DeadLetters deadLetters,
      Tally tally,
      InstantSource clock) {
    this.journal = journal;
    this.reader = new JournalReader(journal);
    this.window = new PumpWindow(most);
    this.outlet = outlet;
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
    window.wake();
  }

  /** Returns why the broker does not take what waits, if so. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void run() {
    try {
      while (!isClosed) {
        guardedStep();
      }
      finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void guardedStep() throws InterruptedException {
    try {
      step();
    } catch (PealException e) {
      LOG.warn("the bridge's journal cannot be read: {}", e.getMessage());
      pause();
    } catch (RuntimeException e) {
      LOG.error("a fault of peal itself in the bridge's journal", e);
      pause();
    }
  }

  private void step() throws InterruptedException {
    judgeFailures();
    strike();
    if (window.isToBeginAnew()) {
      pause();
      reader.restart();
    }
    if (!mayGoOn() || publishShare() == 0) {
      window.awaitChange(LOOK_MILLIS);
    }
  }

  /** Who begins to lead reads the journal anew: others have published from it meanwhile. */
  private boolean mayGoOn() {
    boolean may = mayPublish.getAsBoolean();
    if (may && !isLeading) {
      if (!window.isEmpty()) {
        return false; // left from when it led before
      }
      reader.restart();
    }
    isLeading = may;
    return may;
  }

  private int publishShare() {
    int count = 0;
    while (count < SHARE && window.hasRoom()) {
      Journal.Entry entry = reader.next();
      if (entry == null) {
        break;
      }
      publish(entry);
      count++;
    }
    return count;
  }

  private void publish(Journal.Entry entry) {
    PumpWindow.Slot slot = window.add(entry);
    long begin = System.nanoTime();
    outlet
        .publish(entry.message())
        .whenComplete(
            (published, error) -> {
              if (error == null) {
                problem = null;
                tally.confirmed(System.nanoTime() - begin);
                tally.crossed(entry.made(), clock.instant());
                window.settle(slot, true);
              } else {
                window.failed(slot, error);
              }
            });
  }

  private void judgeFailures() {
    for (Optional<PumpWindow.Failure> next = window.failure();
        next.isPresent();
        next = window.failure()) {
      PumpWindow.Failure failure = next.get();
      boolean isOver = false;
      try {
        isOver = isOver(failure.entry(), failure.cause());
      } finally {
        window.settle(failure.slot(), isOver);
      }
    }
  }

  /** Tells whether an entry that was not published need not be published any more. */
  private boolean isOver(Journal.Entry entry, Throwable error) {
    Throwable cause =
        error instanceof CompletionException e && e.getCause() != null ? e.getCause() : error;
    String why = String.valueOf(cause.getMessage());
    if (isMessagesFault(cause)) {
      journal.message(entry.row()).ifPresent(message -> bury(message, why));
      return true;
    }
    if (problem == null) {
      LOG.warn("the bridge's journal waits: {}", why);
    }
    problem = why;
    return false;
  }

  private boolean isMessagesFault(Throwable cause) {
    return cause instanceof PublishException refusal
        && (refusal.kind() == Kind.FORBIDDEN || refusal.kind() == Kind.MALFORMED)
        && !outlet.refusesAll();
  }

  private void bury(AmqpMessage message, String why) {
    tally.deadLettered.increment();
    deadLetters.add(DeadLetter.of(Direction.TO_AMQP, message, exchange, why, clock.instant()));
  }

  private void strike() {
    if (isStrikeFailing) {
      isStrikeFailing = false;
      pause();
    }
    window.strike().ifPresent(this::strike);
  }

  /** What is over must not be published again, so a strike that fails is repeated. */
  private void strike(PumpWindow.Strike strike) {
    journal
        .remove(strike.ranges())
        .whenComplete(
            (removed, error) -> {
              if (error == null) {
                window.struck();
              } else {
                LOG.warn("the bridge's journal cannot be written: {}", error.getMessage());
                isStrikeFailing = true;
                window.notStruck();
              }
            });
  }

  /** Strikes what is confirmed at the end; what is not comes again at the next start. */
  private void finish() throws InterruptedException {
    Deadline deadline = Deadline.after(END);
    while (!window.isEmpty() && !deadline.left().isZero()) {
      judgeFailures();
      strike();
      window.awaitChange(LOOK_MILLIS);
    }
  }

  private void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    wake();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
