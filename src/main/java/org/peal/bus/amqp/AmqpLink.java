package org.peal.bus.amqp;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.Backoff;
import org.peal.Threads;
import org.peal.tls.PemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to a broker: connects, hands the connection to its user, and connects again
 * when it is lost, after pauses that grow. One thread of its own does all of it, and is the only
 * one on which the user is called. Thread-safe.
 *
 * <pre>
 *   DOWN --open--> UP --lost, or the user gives up--> DOWN --pause--> ..
 * </pre>
 */
final class AmqpLink implements AutoCloseable {

  /** Who works on the connection. Called by the link's thread only. */
  interface User {
    /** Takes a new connection. */
    void connected(Connection connection) throws IOException, TimeoutException;

    /** Does what is due, a few times a second, and soon after {@link AmqpLink#wake}. */
    void tick(Connection connection) throws IOException, TimeoutException;

    /**
     * Is told that there is no connection, or none any more; again for each failed attempt. Returns
     * whether somebody else tells people of it, so that the log need not.
     */
    boolean disconnected(AmqpProblem why);

    /** Does what is due without a connection, a few times a second between two attempts. */
    void idle();
  }

  private static final Logger LOG = LoggerFactory.getLogger(AmqpLink.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** How long a connection must last before the pauses begin anew. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private static final long TICK_MILLIS = 100;
  private static final int CLOSE_MILLIS = 2_000;
  private static final long JOIN_MILLIS = 10_000;
  private static final int WORKERS = 2;

  private final String name;
  private final AmqpConnector connector;
  private final User user;
  private final Backoff backoff;
  private final Semaphore woken = new Semaphore(0);
  private final ExecutorService work;
  private final Thread thread;
  private final AtomicLong connects = new AtomicLong();

  private volatile boolean isClosed;
  private volatile @Nullable Connection connection;
  private volatile @Nullable AmqpProblem problem;
  private volatile @Nullable String blocked;

  /**
   * Makes a link, which does nothing before {@link #start}.
   *
   * @param name what threads are called after, and the broker shows
   * @param most the longest pause between two attempts
   */
  AmqpLink(String name, AmqpConnector connector, Duration most, User user) {
    this.name = name;
    this.connector = connector;
    this.user = user;
    this.backoff = new Backoff(FIRST_PAUSE, most, new SplittableRandom());
    this.work = Executors.newFixedThreadPool(WORKERS, Threads.factory("peal-amqp-work-" + name));
    this.thread = Threads.daemon("peal-amqp-" + name, this::run);
  }

  void start() {
    thread.start();
  }

  /** Makes the next tick come soon. */
  void wake() {
    woken.release();
  }

  /** Returns why there is no connection, if there is none. */
  Optional<AmqpProblem> problem() {
    return Optional.ofNullable(problem);
  }

  /** Returns why the broker takes nothing at the moment, if it has said so. */
  Optional<String> blocked() {
    return Optional.ofNullable(blocked);
  }

  /** Returns how often a connection was opened. */
  long connects() {
    return connects.get();
  }

  boolean isUp() {
    Connection current = connection;
    return current != null && current.isOpen();
  }

  private void run() {
    try {
      while (!isClosed) {
        AmqpProblem why = live();
        if (isClosed) {
          return;
        }
        down(why);
        sleep(backoff.next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Connects and stays until something ends it; returns what that was. */
  private AmqpProblem live() throws InterruptedException {
    Connection opened;
    try {
      opened = connector.open(name, work);
    } catch (IOException | TimeoutException | GeneralSecurityException | PemException e) {
      return AmqpProblem.ofConnecting(e, connector.address());
    } catch (RuntimeException e) {
      return new AmqpProblem(AmqpProblem.Kind.INTERNAL, "connecting failed: " + e);
    }
    try {
      return serve(opened);
    } finally {
      connection = null;
      blocked = null;
      opened.abort(CLOSE_MILLIS);
    }
  }

  private AmqpProblem serve(Connection opened) throws InterruptedException {
    try {
      opened.addBlockedListener(blockedListener());
      user.connected(opened);
      connection = opened;
      connects.incrementAndGet();
      long since = System.nanoTime();
      problem = null;
      while (!isClosed && opened.isOpen()) {
        user.tick(opened);
        if (woken.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
          woken.drainPermits();
        }
        if (System.nanoTime() - since > SETTLED.toNanos()) {
          backoff.reset();
        }
      }
      ShutdownSignalException reason = opened.getCloseReason();
      return reason == null
          ? new AmqpProblem(AmqpProblem.Kind.LOST, "the link is closed")
          : lost(reason);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      return lost(e);
    } catch (RuntimeException e) {
      LOG.warn("a fault of peal itself on the link {}", name, e);
      return new AmqpProblem(AmqpProblem.Kind.INTERNAL, "a fault of peal itself: " + e);
    }
  }

  private AmqpProblem lost(Throwable e) {
    return AmqpProblem.ofClosed(
        AmqpProblem.Kind.LOST, "the connection to " + connector.address() + " is lost", e);
  }

  private BlockedListener blockedListener() {
    return new BlockedListener() {
      @Override
      public void handleBlocked(String reason) {
        blocked = reason;
        LOG.warn("the broker {} takes no messages: {}", connector.address(), reason);
      }

      @Override
      public void handleUnblocked() {
        blocked = null;
        LOG.info("the broker {} takes messages again", connector.address());
      }
    };
  }

  private void down(AmqpProblem why) {
    boolean isNew = !why.equals(problem);
    problem = why;
    if (!user.disconnected(why) && isNew) {
      LOG.warn("{}", why.text());
    }
  }

  private void sleep(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (!isClosed && end - System.nanoTime() > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (woken.tryAcquire(Math.min(TICK_MILLIS, left + 1), TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
      user.idle();
    }
  }

  /** Ends the connection; waits a bounded time for the thread. */
  @Override
  public void close() {
    isClosed = true;
    wake();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    work.shutdown();
  }
}
