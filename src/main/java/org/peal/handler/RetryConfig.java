package org.peal.handler;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.peal.config.Doc;

/**
 * When a message is handed over again, and when no more. Immutable; a component left out is its
 * default.
 *
 * @param first positive
 * @param longest at least {@code first}
 * @param attempts at least 1
 * @param age positive
 * @param waiting at least 1
 */
@Doc("When a message that could not be handled is handed over again, and when no more.")
public record RetryConfig(
    @Doc("The pause after the first attempt; each one after that is twice as long.") Duration first,
    @Doc("The longest pause.") Duration longest,
    @Doc("After so many attempts a message becomes a dead letter.") Integer attempts,
    @Doc("The same when the first attempt is so long ago.") Duration age,
    @Doc(
            "The most messages that wait to be tried again, with those in hand; meanwhile no more"
                + " are taken.")
        Integer waiting) {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int ATTEMPTS = 100;
  private static final Duration AGE = Duration.ofDays(7);
  private static final int WAITING = 10_000;
  private static final int MOST_DOUBLINGS = 40;

  public RetryConfig {
    first = requireNonNullElse(first, FIRST);
    longest = requireNonNullElse(longest, LONGEST);
    attempts = requireNonNullElse(attempts, ATTEMPTS);
    age = requireNonNullElse(age, AGE);
    waiting = requireNonNullElse(waiting, WAITING);
    if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "first must be positive and longest at least as long: " + first + ", " + longest);
    }
    if (attempts < 1 || waiting < 1 || age.isZero() || age.isNegative()) {
      throw new IllegalArgumentException(
          "attempts and waiting must be at least 1 and age positive: %d, %d, %s"
              .formatted(attempts, waiting, age));
    }
  }

  /** Returns the configuration that holds when nothing is said. */
  public static RetryConfig defaults() {
    return new RetryConfig(FIRST, LONGEST, ATTEMPTS, AGE, WAITING);
  }

  /** Returns how long to wait after an attempt, a quarter more or less than the rule says. */
  Duration pauseAfter(int attempt, RandomGenerator random) {
    double pause = first.toMillis() * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS));
    double capped = Math.min(pause, (double) longest.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.75 + random.nextDouble() / 2)));
  }

  /** Returns the pause between the shortest and the longest that is nearest to one. */
  Duration within(Duration pause) {
    Duration atLeast = pause.compareTo(first) < 0 ? first : pause;
    return atLeast.compareTo(longest) > 0 ? longest : atLeast;
  }

  /** Returns why a message is not tried again, if it is not. */
  Optional<String> limit(int attempt, Instant since, Instant now) {
    if (attempt >= attempts) {
      return Optional.of("tried " + attempt + " times");
    }
    return since.plus(age).isAfter(now)
        ? Optional.empty()
        : Optional.of("tried since " + since + ", " + attempt + " times");
  }
}
