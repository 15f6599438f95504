package org.peal.handler;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one more message may come to wait in a handler's journal, and the place where whoever
 * brings messages stays until it may. So a long outage leaves messages where they are safe: in the
 * publishers' logs and in the broker's queues. Thread-safe.
 */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);
  private static final long LOOK_MILLIS = 50;

  private final String handler;
  private final int most;
  private final InstantSource clock;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Instant fullSince;

  Room(HandlerTerms terms, InstantSource clock) {
    this.handler = terms.name();
    this.most = terms.retry().waiting();
    this.clock = clock;
  }

  /**
   * Waits until there is room.
   *
   * @param isFree asked again and again
   * @return false if there is none, and nothing more is to be taken
   */
  boolean await(BooleanSupplier isFree) {
    boolean isFirst = fullSince == null;
    if (isFirst) {
      fullSince = clock.instant();
    }
    boolean isTold = false;
    while (!isFree.getAsBoolean()) {
      if (isFirst && !isTold) {
        isTold = true;
        LOG.warn("handler {} takes no more messages for now: {} wait for it", handler, most);
      }
      if (isOver()) {
        return false;
      }
    }
    fullSince = null;
    if (isTold) {
      LOG.info("handler {} takes messages again", handler);
    }
    return true;
  }

  private boolean isOver() {
    try {
      return ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Lets nobody wait any more. */
  void end() {
    ended.countDown();
  }

  /** Returns what people should know of it; empty while there is room. */
  Optional<String> trouble() {
    return Optional.ofNullable(fullSince)
        .map(
            since ->
                "%d messages wait to be tried again, none is taken since %s"
                    .formatted(most, since));
  }
}
