package org.peal.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.bus.Delivery;
import org.peal.store.Cursor;
import org.peal.store.OpenGap;
import org.peal.store.StateStore;
import org.peal.store.Transaction;

/**
 * A subscriber that goes on where it ended, however it ended: what it handled is recorded with how
 * far each publisher was followed, in one transaction, after the effect. So a message is handled at
 * least once, and again only if this process died between the effect and the record.
 *
 * <p>Only so many messages are handled ahead of their records. Thread-safe; the handling is called
 * by one thread at a time.
 */
public final class DurableSubscriber implements AutoCloseable {

  /** Messages that may be handled again after a sudden death. */
  static final int MOST_UNRECORDED = 1024;

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration PURGE_RHYTHM = Duration.ofMinutes(10);
  private static final int PURGE_CHUNK = 1000;
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

  /**
   * Who subscribes, and to what. Immutable.
   *
   * @param name the subscriber's name, under which its cursors are
   * @param since from when on messages are wanted at the very first start, which is to the second
   */
  public record Subscription(
      String name, Instant since, StreamsConfig streams, DedupConfig dedup) {}

  private final StateStore store;
  private final Subscription subscription;
  private final Sink sink;
  private final InstantSource clock;
  private final Order order;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(Threads.factory("peal-durable"));
  private final Records records;
  private final ReentrantLock atWork = new ReentrantLock();
  private volatile Duration retention = Duration.ZERO;
  private volatile @Nullable Throwable failure;
  private volatile boolean isOver;

  /**
   * Makes a subscriber that knows how far it got; it asks no log before {@link #start}.
   *
   * @param store stays the caller's, to be closed after this
   * @param replay asks the publishers' logs
   * @param names the publishers whose logs can be asked now
   */
  public DurableSubscriber(
      StateStore store,
      Subscription subscription,
      ReplaySource replay,
      Supplier<Set<String>> names,
      InstantSource clock,
      RandomGenerator random,
      Handling handling) {
    this(
        store,
        subscription,
        replay,
        names,
        clock,
        random,
        new Once(store, subscription.name(), clock, handling));
  }

  /** Makes one for a sink that sees itself to it that nothing has its effect twice. */
  public DurableSubscriber(
      StateStore store,
      Subscription subscription,
      ReplaySource replay,
      Supplier<Set<String>> names,
      InstantSource clock,
      RandomGenerator random,
      Sink sink) {
    this.store = store;
    this.subscription = subscription;
    this.sink = sink;
    this.clock = clock;
    // One more has been handled by the thread that waits for room.
    this.records = new Records(store, MOST_UNRECORDED - 1, this::fail);
    String name = subscription.name();
    Instant since = store.write(t -> t.subscribers().start(name, subscription.since())).join();
    Order.Surroundings around =
        new Order.Surroundings(
            (publisher, query, after) -> watched(replay.fetch(publisher, query, after)),
            names,
            worker,
            System::nanoTime,
            random);
    order =
        new Order(
            around,
            subscription.streams(),
            Optional.of(Instant.ofEpochSecond(since.getEpochSecond())),
            new Taking());
    retention = store.<Duration>read(snapshot -> snapshot.subscribers().announced(name));
    restore();
  }

  private void restore() {
    String name = subscription.name();
    Map<String, List<Span>> open =
        store.<List<OpenGap>>read(snapshot -> snapshot.openGaps().list(name)).stream()
            .collect(
                Collectors.groupingBy(
                    OpenGap::stream,
                    Collectors.mapping(
                        gap -> new Span(gap.first(), gap.last()), Collectors.toList())));
    store.<List<Cursor>>read(snapshot -> snapshot.cursors().list(name)).stream()
        .map(Marks::mark)
        .forEach(mark -> order.restore(mark, open.getOrDefault(mark.stream(), List.of())));
  }

  /** Asks the logs from now on. */
  public void start() {
    every(TICK, order::tick);
    every(PURGE_RHYTHM, this::purge);
  }

  private void every(Duration rhythm, Runnable work) {
    worker.scheduleWithFixedDelay(() -> guarded(work), 0, rhythm.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    isOver = true;
  }

  /** Notes how long publishers keep their logs: as long, outcomes must be kept. */
  private CompletionStage<ReplayOutcome> watched(CompletionStage<ReplayOutcome> question) {
    return question.thenApply(
        outcome -> {
          if (outcome instanceof ReplayOutcome.Answered answered) {
            answered
                .page()
                .log()
                .flatMap(log -> log.retention())
                .filter(said -> said.compareTo(retention) > 0)
                .ifPresent(this::announced);
          }
          return outcome;
        });
  }

  /** Keeps it over restarts: a log that does not answer next time has still its messages. */
  private void announced(Duration longest) {
    retention = longest;
    store
        .write(
            t -> {
              t.subscribers().announce(subscription.name(), longest);
              return true;
            })
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                fail(error);
              }
            });
  }

  /** Takes a live message. */
  public void accept(Delivery delivery) {
    if (!isOver) {
      guarded(() -> order.accept(delivery));
    }
  }

  /** What the order stage lets go, one at a time. */
  private final class Taking implements EventSink {
    @Override
    public void accept(Event event) {
      atWork(() -> handle(event));
    }

    @Override
    public void expect(List<Delivery> deliveries) {
      atWork(() -> sink.expect(deliveries));
    }
  }

  private void atWork(Runnable work) {
    atWork.lock();
    try {
      if (!isOver) {
        work.run();
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      atWork.unlock();
    }
  }

  private void handle(Event event) {
    if (event instanceof Event.Message message) {
      handle(message);
      return;
    }
    // What is recorded next must not overtake the messages before it.
    sink.settle();
    if (event instanceof Event.Lost lost) {
      lost(lost);
    } else if (event instanceof Event.LeftOpen gap) {
      leftOpen(gap);
    } else if (event instanceof Event.CameLate late) {
      sink.announce(
          "late: %d messages of %s, sequence ids %s, after what follows them"
              .formatted(late.count(), late.mark().publisher(), late.span()));
    } else if (event instanceof Event.RolledBack back) {
      sink.announce(
          "the log of %s went back: it was followed up to %d, now it goes on behind %d"
              .formatted(
                  back.mark().publisher(),
                  back.cursorBefore(),
                  back.mark().position().sequenceId()));
      record(Optional.of(back.mark()), Rows.NONE);
    }
  }

  private void lost(Event.Lost lost) {
    Span span = lost.span();
    String reason = lost.reason().text();
    sink.announce(
        "lost: sequence ids %s of %s: %s".formatted(span, lost.mark().publisher(), reason));
    sink.lost(
        lost,
        rows ->
            record(
                Optional.of(lost.mark()), rows.with(transaction -> recordLoss(transaction, lost))));
  }

  private void leftOpen(Event.LeftOpen gap) {
    Event.Mark mark = gap.mark();
    String reason = gap.reason().text();
    sink.announce(
        "missing, and asked for again and again: sequence ids %s of %s: %s"
            .formatted(gap.span(), mark.publisher(), reason));
    record(
        Optional.of(mark),
        t -> {
          if (gap.span().last() > 0) {
            t.openGaps()
                .add(
                    new OpenGap(
                        subscription.name(),
                        mark.stream(),
                        mark.publisher(),
                        Math.max(1, gap.span().first()),
                        gap.span().last(),
                        reason,
                        clock.instant()));
          }
        });
  }

  private void recordLoss(Transaction transaction, Event.Lost lost) {
    Event.Mark mark = lost.mark();
    long first = Math.max(1, lost.span().first());
    long last = lost.span().last();
    transaction.openGaps().close(subscription.name(), mark.stream(), first, last);
    if (last >= first) {
      transaction
          .losses()
          .add(
              new org.peal.store.Loss(
                  mark.stream(),
                  mark.publisher(),
                  first,
                  last,
                  lost.reason().text(),
                  clock.instant()));
    }
  }

  private void handle(Event.Message message) {
    if (!sink.take(message, rows -> record(message, rows))) {
      isOver = true;
    }
  }

  private void record(Event.Message message, Rows rows) {
    Optional<Event.Fill> fill = message.fill();
    record(message.mark(), fill.map(open -> rows.with(t -> close(t, open))).orElse(rows));
  }

  private void close(Transaction transaction, Event.Fill fill) {
    long id = fill.sequenceId();
    transaction.openGaps().close(subscription.name(), fill.stream(), id, id);
  }

  private void record(Optional<Event.Mark> mark, Rows rows) {
    if (mark.isPresent() || rows != Rows.NONE) {
      records.add(rows, mark.map(this::cursor));
    }
  }

  private Cursor cursor(Event.Mark mark) {
    return Marks.cursor(subscription.name(), mark, clock.instant());
  }

  /** Forgets outcomes that no copy of their message can meet any more. */
  private void purge() {
    Instant before = clock.instant().minus(subscription.dedup().windowFor(retention));
    int purged = PURGE_CHUNK;
    while (purged == PURGE_CHUNK && !isOver) {
      purged = store.write(t -> t.outcomes().purge(before, PURGE_CHUNK)).join();
    }
  }

  /** Returns what went wrong, after which nothing is handled; null if nothing did. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Returns what was counted so far. */
  public StreamCounters counters() {
    return order.counters();
  }

  /** Returns how it stands with what it follows. */
  public Following following() {
    return new Following(subscription.name(), order.counters(), order.streams());
  }

  /**
   * Handles nothing more, and waits a short while until what was handled is recorded. Idempotent.
   */
  @Override
  public void close() {
    isOver = true;
    worker.shutdown();
    try {
      long patience = PATIENCE_AT_END.toMillis();
      if (atWork.tryLock(patience, TimeUnit.MILLISECONDS)) {
        atWork.unlock();
        sink.settle();
      }
      records.await(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
