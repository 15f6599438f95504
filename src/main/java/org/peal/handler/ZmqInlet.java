package org.peal.handler;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.Threads;
import org.peal.bus.Delivery;
import org.peal.store.StateStore;
import org.peal.stream.DedupConfig;
import org.peal.stream.DurableSubscriber;
import org.peal.stream.Following;
import org.peal.stream.ReplaySource;
import org.peal.stream.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ZeroMQ as a way to one handler: a bounded queue, so that a slow handler holds up no other, then a
 * durable subscriber with cursors of its own. Thread-safe.
 *
 * <p>What finds the queue full is dropped and counted. The publisher's log still has it: the
 * subscriber sees the gap and fetches it; only publishers without a log lose it.
 */
public final class ZmqInlet implements Inlet {

  private static final Logger LOG = LoggerFactory.getLogger(ZmqInlet.class);
  private static final int MOST_QUEUED = 10_000;
  private static final long MOST_BYTES = 32 << 20;
  private static final Duration LOOK = Duration.ofMillis(200);

  private final HandlerRunner runner;
  private final HandlerSink sink;
  private final DurableSubscriber subscriber;
  private final Deque<Delivery> queue = new ArrayDeque<>();
  private final Thread thread;
  private long bytes;
  private long dropped;
  private boolean isEnding;
  private volatile boolean isClosed;
  private final Ending ending;

  /**
   * Makes a way; nothing moves before {@link #start}.
   *
   * @param store stays the caller's, to be closed after this
   * @param runner stays the caller's
   * @param replay asks the publishers' logs
   * @param names the publishers whose logs can be asked now
   */
  public ZmqInlet(
      StateStore store,
      HandlerRunner runner,
      StreamsConfig streams,
      DedupConfig dedup,
      ReplaySource replay,
      Supplier<Set<String>> names,
      InstantSource clock,
      RandomGenerator random) {
    this.runner = runner;
    this.sink = new HandlerSink(runner);
    String name = runner.terms().name();
    this.subscriber =
        new DurableSubscriber(
            store,
            new DurableSubscriber.Subscription(name, clock.instant(), streams, dedup),
            replay,
            names,
            clock,
            random,
            sink);
    this.ending = new Ending(name);
    this.thread = Threads.daemon("peal-deliver-" + name, () -> ending.guard(this::run));
  }

  @Override
  public void start() {
    thread.start();
  }

  /** The durable subscriber does. */
  @Override
  public boolean isForgetting() {
    return true;
  }

  @Override
  public synchronized void offer(Delivery delivery) {
    int size = delivery.raw().payload().length;
    if (isEnding || queue.size() >= MOST_QUEUED || bytes + size > MOST_BYTES && !queue.isEmpty()) {
      drop();
      return;
    }
    bytes += size;
    queue.add(delivery);
    notifyAll();
  }

  private void drop() {
    if (!isEnding && dropped++ == 0) {
      LOG.warn(
          "handler {} is so slow that messages are dropped; those of publishers with a log are"
              + " fetched later",
          runner.terms().name());
    }
  }

  private void run() throws InterruptedException {
    subscriber.start();
    while (!isClosed && !isDone()) {
      next().ifPresent(subscriber::accept);
    }
  }

  private synchronized boolean isDone() {
    return isEnding && queue.isEmpty();
  }

  /** Returns the next one, or nothing after a while or sooner: the caller asks again. */
  @SuppressWarnings("WaitNotInLoop")
  private synchronized Optional<Delivery> next() throws InterruptedException {
    if (queue.isEmpty() && !isEnding) {
      wait(LOOK.toMillis());
    }
    Delivery next = queue.poll();
    if (next != null) {
      bytes -= next.raw().payload().length;
    }
    return Optional.ofNullable(next);
  }

  @Override
  public synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("queued", (long) queue.size());
    counters.put("dropped", dropped);
    counters.put("refused", sink.refused());
    counters.put("lost", subscriber.counters().lost());
    return counters;
  }

  @Override
  public Optional<Following> following() {
    return Optional.of(subscriber.following());
  }

  @Override
  public @Nullable Throwable failure() {
    Throwable why = ending.why();
    return why != null ? why : subscriber.failure();
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    synchronized (this) {
      isEnding = true;
      notifyAll();
    }
    thread.join(Math.max(1, deadline.left().toMillis()));
  }

  @Override
  public void close() {
    isClosed = true;
    synchronized (this) {
      isEnding = true;
      queue.clear();
      notifyAll();
    }
    subscriber.close();
    HandlerLine.awaitEnd(thread, runner.terms().name());
  }
}
