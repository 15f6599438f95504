package org.peal.stream;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.peal.config.Doc;

/**
 * The {@code dedup} section: how long it is remembered which messages were done. Immutable; a
 * component left out is its default.
 *
 * @param window at least an hour
 * @param assumedRetention at least an hour
 */
@Doc("How long durable subscribers remember what they did, so that nothing is done twice.")
public record DedupConfig(
    @Doc(
            "How long outcomes are kept. Where a publisher's log has ever announced a longer"
                + " retention to the subscriber, as long as that.")
        Duration window,
    @Doc("What is taken for the retention of logs that announce none.") Duration assumedRetention) {

  private static final Duration ASSUMED = Duration.ofDays(30);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOST = Duration.ofDays(36_500);

  public DedupConfig {
    assumedRetention = requireNonNullElse(assumedRetention, ASSUMED);
    window = requireNonNullElse(window, assumedRetention);
    requireUsual("window", window);
    requireUsual("assumed-retention", assumedRetention);
  }

  private static void requireUsual(String name, Duration value) {
    if (value.compareTo(HOUR) < 0 || value.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(name + " must be between 1h and 36500d: " + value);
    }
  }

  /** Returns the configuration that holds when nothing is said. */
  public static DedupConfig defaults() {
    return new DedupConfig(ASSUMED, ASSUMED);
  }

  /** Returns how long outcomes must be kept when a log announces a retention. */
  public Duration windowFor(Duration announced) {
    Duration least = longer(window, assumedRetention);
    return longer(least, announced);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }
}
