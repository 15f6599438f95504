package org.peal.handler;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.peal.bus.Delivery;

/**
 * The latest messages, for as long as it may take until another node's death is noticed: publishers
 * without a log could not be asked for them. For one thread at a time.
 */
final class RecentDeliveries {

  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 32 << 20;

  private record Kept(Delivery delivery, long at) {}

  private final long nanos;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private long bytes;

  RecentDeliveries(Duration duration) {
    this.nanos = duration.toNanos();
  }

  void add(Delivery delivery) {
    kept.add(new Kept(delivery, System.nanoTime()));
    bytes += size(delivery);
    forget();
  }

  private void forget() {
    long now = System.nanoTime();
    while (!kept.isEmpty()
        && (kept.size() > MOST || bytes > MOST_BYTES || now - kept.element().at() > nanos)) {
      bytes -= size(kept.remove().delivery());
    }
  }

  private static int size(Delivery delivery) {
    return delivery.raw().payload().length;
  }

  /** Returns them, the oldest first. */
  List<Delivery> all() {
    forget();
    return kept.stream().map(Kept::delivery).toList();
  }
}
