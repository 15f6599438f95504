package org.peal.lease;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.peal.config.Doc;

/** The section {@code lease}. Immutable; a component left out is its default. */
@Doc(
    "How nodes with the same handlers take turns: see `handlers.NAME.lease`. Give all nodes the"
        + " same values.")
public record LeaseConfig(
    @Doc(
            "How long a lease lasts without being renewed, 1s to 10m: so long nobody acts after a"
                + " sudden death, and a third of it at most longer.")
        Duration duration,
    @Doc(
            "What to do when PostgreSQL cannot be used. `stand-by`: nothing, until it is back."
                + " `act`: after `duration` each node acts on its own, with its own file; what"
                + " handlers do may be done by several nodes then.")
        Away away) {

  private static final Duration DURATION = Duration.ofSeconds(15);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public LeaseConfig {
    duration = requireNonNullElse(duration, DURATION);
    away = requireNonNullElse(away, Away.STAND_BY);
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("duration must be from 1s to 10m: " + duration);
    }
  }

  /** Returns the configuration that holds when nothing is said. */
  public static LeaseConfig defaults() {
    return new LeaseConfig(DURATION, Away.STAND_BY);
  }
}
