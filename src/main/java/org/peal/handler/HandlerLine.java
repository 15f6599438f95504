package org.peal.handler;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.Threads;
import org.peal.bus.Delivery;
import org.peal.metrics.Sample;
import org.peal.stream.Following;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What brings messages to one handler in this process: its ways, one for each bus, and what is to
 * be tried again. Thread-safe.
 */
public final class HandlerLine implements Line {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerLine.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PURGE_RHYTHM = Duration.ofMinutes(10);
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

  private final HandlerRunner runner;
  private final List<Inlet> inlets;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Whether outcomes are forgotten by this, since none of the ways does it. */
  private final boolean isForgetting;

  private final Ending ending;

  /**
   * Makes a line; nothing moves before {@link #start}.
   *
   * @param runner closed by this
   * @param inlets closed by this
   */
  public HandlerLine(HandlerRunner runner, List<Inlet> inlets) {
    this.runner = runner;
    this.inlets = List.copyOf(inlets);
    this.isForgetting = inlets.stream().noneMatch(Inlet::isForgetting);
    this.ending = new Ending(runner.terms().name());
    this.thread =
        Threads.daemon("peal-retry-" + runner.terms().name(), () -> ending.guard(this::run));
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void offer(Delivery delivery) {
    inlets.forEach(inlet -> inlet.offer(delivery));
  }

  private void run() throws InterruptedException {
    // What was in hand at a sudden end comes before what was published after it.
    runner.retryDue();
    inlets.forEach(Inlet::start);
    long purgedAt = System.nanoTime() - PURGE_RHYTHM.toNanos();
    while (!ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      runner.retryDue();
      if (isForgetting && System.nanoTime() - purgedAt >= PURGE_RHYTHM.toNanos()) {
        purgedAt = System.nanoTime();
        runner.forgetOld();
      }
    }
  }

  @Override
  public List<Sample> samples() {
    return runner.samples();
  }

  @Override
  public void reload() {
    runner.reload();
  }

  @Override
  public HandlerStatus status() {
    return runner.status();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    inlets.forEach(
        inlet -> inlet.counters().forEach((name, count) -> counters.merge(name, count, Long::sum)));
    return counters;
  }

  @Override
  public List<String> troubles() {
    return Stream.concat(
            runner.troubles().stream(), inlets.stream().flatMap(inlet -> inlet.troubles().stream()))
        .toList();
  }

  @Override
  public Optional<Following> following() {
    return inlets.stream().flatMap(inlet -> inlet.following().stream()).findFirst();
  }

  @Override
  public @Nullable Throwable failure() {
    Throwable first = ending.why();
    for (Inlet inlet : inlets) {
      first = first == null ? inlet.failure() : first;
    }
    return first;
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    runner.drain();
    for (Inlet inlet : inlets) {
      inlet.drain(deadline);
    }
  }

  @Override
  public void close() {
    ended.countDown();
    runner.close();
    inlets.forEach(Inlet::close);
    awaitEnd(thread, runner.terms().name());
  }

  /** Whoever closes this may use the store for something else: nothing is recorded after that. */
  static void awaitEnd(Thread thread, String handler) {
    try {
      thread.join(PATIENCE_AT_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("handler {}: what is under way does not end, left as it is", handler);
    }
  }
}
