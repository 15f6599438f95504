package org.peal.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.Delivery;
import org.peal.lease.Duty;
import org.peal.lease.Lease;
import org.peal.lease.LeaseState;
import org.peal.metrics.Sample;
import org.peal.store.SharedStore;
import org.peal.store.StateStore;
import org.peal.stream.Following;

/**
 * What brings messages to a handler that one of several nodes runs at a time: a line for each term
 * of the lease, with a handler of its own. What came shortly before a term is handed over with it;
 * outcomes tell what of that was done by others. Thread-safe.
 */
public final class LeasedLine implements Line, Duty {

  /** Makes lines. */
  public interface Lines {
    /**
     * Makes a line with a new handler, which closes that.
     *
     * @param published run when there is something new in the outbox of the store
     */
    HandlerLine make(StateStore store, Runnable published);
  }

  private final String name;
  private final StateStore own;
  private final Lines lines;
  private final Runnable published;
  private final Lease lease;
  private final RecentDeliveries recent;
  private final Map<String, Long> before = new LinkedHashMap<>();
  private final Map<String, Long> countersBefore = new LinkedHashMap<>();
  private @Nullable HandlerLine line;
  private @Nullable HandlerStatus halted;
  private boolean isEnding;

  /**
   * Makes a line; nothing moves before {@link #start}.
   *
   * @param name the handler's
   * @param own what this node keeps by itself; stays the caller's, to be closed after this
   * @param published run when there is something new in this node's outbox
   * @param lease makes the lease of a duty
   */
  public LeasedLine(
      String name,
      StateStore own,
      Lines lines,
      Runnable published,
      Duration recently,
      Function<Duty, Lease> lease) {
    this.name = name;
    this.own = own;
    this.lines = lines;
    this.published = published;
    this.recent = new RecentDeliveries(recently);
    this.lease = lease.apply(this);
  }

  @Override
  public void start() {
    lease.start();
  }

  @Override
  public synchronized void offer(Delivery delivery) {
    recent.add(delivery);
    HandlerLine current = line;
    if (current != null) {
      current.offer(delivery);
    }
  }

  @Override
  public Term begin(StateStore store) {
    Optional<OutboxCarrier> carrier =
        Optional.of(store)
            .filter(SharedStore.class::isInstance)
            .map(shared -> new OutboxCarrier(name, shared, own, published));
    HandlerLine made = lines.make(store, carrier.<Runnable>map(c -> c::wake).orElse(published));
    carrier.ifPresent(OutboxCarrier::start);
    made.start();
    synchronized (this) {
      line = made;
      if (!isEnding) {
        recent.all().forEach(made::offer);
      }
    }
    return new LineTerm(made, carrier);
  }

  private final class LineTerm implements Term {
    private final HandlerLine mine;
    private final Optional<OutboxCarrier> carrier;

    LineTerm(HandlerLine mine, Optional<OutboxCarrier> carrier) {
      this.mine = mine;
      this.carrier = carrier;
    }

    @Override
    public Optional<Throwable> failure() {
      return Optional.ofNullable(mine.failure());
    }

    @Override
    public void close() {
      mine.close();
      carrier.ifPresent(OutboxCarrier::close);
      synchronized (LeasedLine.this) {
        line = null;
        mine.status().counts().forEach((key, count) -> before.merge(key, count, Long::sum));
        mine.counters().forEach((key, count) -> countersBefore.merge(key, count, Long::sum));
        countersBefore.remove("queued");
        if (mine.status().halted().isPresent()) {
          halted = mine.status();
        }
      }
    }
  }

  /** A handler of a later term reads anew anyway. */
  @Override
  public void reload() {
    HandlerLine current;
    synchronized (this) {
      current = line;
    }
    if (current != null) {
      current.reload();
    }
  }

  @Override
  public synchronized HandlerStatus status() {
    HandlerLine current = line;
    Map<String, Long> counts = new LinkedHashMap<>(before);
    Optional<HandlerStatus> now = Optional.ofNullable(current).map(HandlerLine::status);
    now.ifPresent(
        status -> status.counts().forEach((key, count) -> counts.merge(key, count, Long::sum)));
    Optional<HandlerStatus> told = now.or(() -> Optional.ofNullable(halted));
    return new HandlerStatus(
        name,
        counts,
        told.flatMap(HandlerStatus::last),
        told.flatMap(HandlerStatus::stuckSince),
        told.flatMap(HandlerStatus::thrown),
        told.flatMap(HandlerStatus::halted));
  }

  @Override
  public Optional<String> standing() {
    return Optional.of(lease.state().text());
  }

  @Override
  public synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>(countersBefore);
    if (line != null) {
      line.counters().forEach((key, count) -> counters.merge(key, count, Long::sum));
    }
    return counters;
  }

  @Override
  public synchronized List<String> troubles() {
    if (lease.state() instanceof LeaseState.Away away) {
      return List.of("handler " + name + ": " + away.text());
    }
    return line == null ? List.of() : line.troubles();
  }

  @Override
  public synchronized Optional<Following> following() {
    return Optional.ofNullable(line).flatMap(HandlerLine::following);
  }

  @Override
  public synchronized List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    if (line != null) {
      samples.addAll(line.samples());
    }
    Map<String, String> who = Map.of("handler", name);
    LeaseState state = lease.state();
    samples.add(
        Sample.gauge(
            "peal_lease_acting",
            "1 while this node runs the handler",
            who,
            state.isActing() ? 1 : 0));
    samples.add(
        Sample.gauge(
            "peal_lease_number",
            "the fencing number of the lease that this node holds, or else 0",
            who,
            state instanceof LeaseState.Holding holding ? holding.number() : 0));
    samples.add(
        Sample.counter("peal_lease_taken", "how often this node took it", who, lease.taken()));
    samples.add(
        Sample.counter(
            "peal_lease_refused", "commits refused since it was lost", who, lease.refused()));
    return samples;
  }

  @Override
  public @Nullable Throwable failure() {
    return lease.state() instanceof LeaseState.Ended ended
        ? new IllegalStateException(ended.why())
        : null;
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    HandlerLine current;
    synchronized (this) {
      isEnding = true;
      current = line;
    }
    if (current != null) {
      current.drain(deadline);
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
