package org.peal.endpoint;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to ask the DNS again. Immutable.
 *
 * @param shortest between two questions
 * @param longest between two questions
 * @param random spreads the questions of many nodes; takes away up to a tenth
 */
record RefreshPolicy(Duration shortest, Duration longest, RandomGenerator random) {

  private static final int TENTH = 10;

  /** Returns how long to wait after an answer that holds for {@code ttl}. */
  Duration after(Duration ttl) {
    return larger(shortest, spread(ttl.compareTo(longest) > 0 ? longest : ttl));
  }

  /** Returns how long to wait after no answer. */
  Duration afterFailure() {
    return shortest;
  }

  private Duration spread(Duration time) {
    long most = time.toMillis() / TENTH;
    return most <= 0 ? time : time.minusMillis(random.nextLong(most + 1));
  }

  private static Duration larger(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
