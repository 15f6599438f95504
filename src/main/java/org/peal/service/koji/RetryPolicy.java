package org.peal.service.koji;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and how long one call is repeated. Immutable.
 *
 * @param maxRetries repetitions of one call at most
 * @param longestPause between two tries; the first repetition follows at once, the pauses double
 *     from half a second to this, less up to a half by chance
 * @param patience all tries of one call end by then
 * @param offlinePause between two tries of a hub that says it is down
 * @param offlinePatience all tries end by then, if the hub says it is down
 * @param anonymous whether calls are repeated without a session
 */
public record RetryPolicy(
    int maxRetries,
    Duration longestPause,
    Duration patience,
    Duration offlinePause,
    Duration offlinePatience,
    boolean anonymous) {

  /** How often a call is repeated whose fault may be its own. */
  static final int FEW = 3;

  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 20;

  /** Refuses what is below zero. */
  public RetryPolicy {
    if (maxRetries < 0
        || longestPause.isNegative()
        || patience.isNegative()
        || offlinePause.isNegative()
        || offlinePatience.isNegative()) {
      throw new IllegalArgumentException("a limit of repeating is below zero");
    }
  }

  /** Returns how long to wait before repetition {@code n}, counted from one. */
  Duration pause(int n, RandomGenerator random) {
    if (n <= 1) {
      return Duration.ZERO;
    }
    Duration doubled = SHORTEST.multipliedBy(1L << Math.min(n - 2, MOST_DOUBLINGS));
    Duration pause = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
    return pause.minusMillis(random.nextLong(pause.toMillis() / 2 + 1));
  }
}
