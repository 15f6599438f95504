package org.peal.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.store.Contention;
import org.peal.store.Fence;
import org.peal.store.SharedDatabase;
import org.peal.store.SharedStore;
import org.peal.store.StateStore;
import org.peal.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a lease when it is free, has a duty done while it is held, and renews it. Each commit of
 * the duty is tied to the lease, so one that comes too late is refused by the database.
 * Thread-safe.
 *
 * <p>A term ends when a commit fails in any way, since whether it took place may be unknown then;
 * the next term begins with what the database says.
 */
public final class Lease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

  /**
   * Which lease. Immutable.
   *
   * @param name what it is for
   * @param holder who takes it; no two processes may use the same
   * @param terms how long it lasts, and what to do while the database is away
   */
  public record Claim(String name, String holder, LeaseConfig terms) {}

  private final Claim claim;
  private final SharedDatabase shared;
  private final StateStore own;
  private final CarryOver carryOver;
  private final Duty duty;
  private final InstantSource clock;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Thread thread;
  private volatile LeaseState state = new LeaseState.Unknown();
  private volatile boolean isClosed;
  private long reached = System.nanoTime();
  private @Nullable Instant awaySince;
  private boolean isToCarryOver = true;

  /**
   * Makes one; nothing is done before {@link #start}.
   *
   * @param shared closed by this
   * @param own what this node keeps by itself; stays the caller's, to be closed after this
   */
  public Lease(Claim claim, SharedDatabase shared, StateStore own, Duty duty, InstantSource clock) {
    this.claim = claim;
    this.shared = shared;
    this.own = own;
    this.duty = duty;
    this.clock = clock;
    this.carryOver = new CarryOver(claim.name(), own, shared);
    this.thread = Threads.daemon("peal-lease-" + claim.name(), this::run);
  }

  /** Contends for the lease from now on. */
  public void start() {
    thread.start();
  }

  /** Returns how it stands. */
  public LeaseState state() {
    return state;
  }

  /** Returns how often this took the lease. */
  public long taken() {
    return taken.get();
  }

  /** Returns how often a commit was refused because the lease was lost. */
  public long refused() {
    return refused.get();
  }

  private void run() {
    try {
      while (!isClosed) {
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("lease {} is given up by a fault", claim.name(), e);
      become(new LeaseState.Ended(String.valueOf(e)));
    } finally {
      shared.close();
    }
  }

  private void round() throws InterruptedException {
    try {
      if (isToCarryOver) {
        carryOver.run();
        isToCarryOver = false;
      }
      Contention contention =
          shared.contend(claim.name(), claim.holder(), claim.terms().duration());
      reached();
      if (contention instanceof Contention.Taken won) {
        hold(won.fence());
      } else if (contention instanceof Contention.Held held) {
        become(new LeaseState.StandingBy(held.holder(), held.number()));
        copyCursors();
        pause(min(held.left(), third()));
      }
    } catch (StoreException e) {
      away(String.valueOf(e.getMessage()));
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof StoreException store)) {
        throw e;
      }
      away(String.valueOf(store.getMessage()));
    }
  }

  private void reached() {
    reached = System.nanoTime();
    if (awaySince != null) {
      LOG.info("lease {}: PostgreSQL is back", claim.name());
      awaySince = null;
    }
  }

  private void hold(Fence fence) throws InterruptedException {
    taken.incrementAndGet();
    SharedStore store = shared.open(fence);
    Optional<Throwable> fault;
    try (store;
        Duty.Term term = duty.begin(store)) {
      become(new LeaseState.Holding(fence.number()));
      while (!isClosed && store.failure().isEmpty() && !hasFailed(term) && renew(store)) {
        copyCursors();
        pause(third());
      }
      fault = term.failure();
    }
    Optional<StoreException> failure = store.failure();
    if (failure.isEmpty()) {
      shared.release(fence);
      if (fault.isPresent()) {
        // Others may take it meanwhile, and the next term here does not come too soon.
        become(new LeaseState.Away(clock.instant(), String.valueOf(fault.get().getMessage())));
        pause(third());
      }
    } else {
      if (store.isFenced()) {
        refused.incrementAndGet();
      }
      LOG.warn("lease {}: the term has ended: {}", claim.name(), failure.get().getMessage());
      pause(SHORTEST_PAUSE);
    }
  }

  /**
   * Tells whether the duty has failed, after which it does nothing more in this term. What a store
   * failed at is tried in a new term; what it failed at by itself is not.
   */
  private boolean hasFailed(Duty.Term term) {
    Optional<Throwable> fault = term.failure();
    fault
        .filter(cause -> !isOfStore(cause))
        .ifPresent(
            cause -> {
              become(new LeaseState.Ended(String.valueOf(cause)));
              isClosed = true;
            });
    return fault.isPresent();
  }

  private static boolean isOfStore(Throwable cause) {
    return cause instanceof StoreException || cause.getCause() instanceof StoreException;
  }

  private boolean renew(SharedStore store) throws InterruptedException {
    try {
      store.write(t -> true).get(claim.terms().duration().toMillis(), TimeUnit.MILLISECONDS);
      reached();
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private void copyCursors() {
    if (claim.terms().away() == Away.ACT) {
      carryOver.copyCursors();
    }
  }

  private void away(String why) throws InterruptedException {
    Instant since = awaySince;
    if (since == null) {
      since = clock.instant();
      awaySince = since;
      LOG.warn("lease {}: {}", claim.name(), why);
    }
    boolean isLong = System.nanoTime() - reached >= claim.terms().duration().toNanos();
    if (claim.terms().away() == Away.ACT && isLong) {
      alone(since, why);
    } else {
      become(new LeaseState.Away(since, why));
      pause(third());
    }
  }

  private void alone(Instant since, String why) throws InterruptedException {
    isToCarryOver = true;
    try (Duty.Term term = duty.begin(own)) {
      become(new LeaseState.Alone(since, why));
      // At first a pause: what can be read may still refuse to be written.
      do {
        pause(third());
      } while (!isClosed && !hasFailed(term) && !isBack());
    }
  }

  private boolean isBack() {
    try {
      return shared.read(snapshot -> true);
    } catch (StoreException e) {
      return false;
    }
  }

  private void become(LeaseState next) {
    LeaseState before = state;
    boolean isEnded = before instanceof LeaseState.Ended;
    if (!next.equals(before) && !isEnded) {
      state = next;
      LOG.info("lease {}: this node {}", claim.name(), next.text());
    }
  }

  private Duration third() {
    return claim.terms().duration().dividedBy(3);
  }

  private static Duration min(Duration one, Duration other) {
    Duration less = one.compareTo(other) < 0 ? one : other;
    return less.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : less;
  }

  private synchronized void pause(Duration duration) throws InterruptedException {
    long until = System.nanoTime() + duration.toNanos();
    long left = duration.toNanos();
    while (!isClosed && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = until - System.nanoTime();
    }
  }

  /** Ends the term, and the lease with it if the database can be reached. */
  @Override
  public void close() {
    isClosed = true;
    synchronized (this) {
      notifyAll();
    }
    try {
      thread.join(2 * claim.terms().duration().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
