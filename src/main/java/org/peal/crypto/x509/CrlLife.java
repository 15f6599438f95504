package org.peal.crypto.x509;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The stages in the life of a revocation list. Immutable.
 *
 * @param authority who made the list, for people
 * @param end the last instant at which it is current
 * @param warnFrom from when on its end is near
 * @param last the last instant of its grace, at which it still serves
 */
public record CrlLife(String authority, Instant end, Instant warnFrom, Instant last) {

  /** Long enough for people to act, however long the list lives. */
  private static final Duration NEAR = Duration.ofDays(7);

  private static final int NEAR_SHARE = 3;

  /** How a list stands. */
  public enum Stage {
    /** It serves. */
    GOOD,
    /** It serves, but not for long. */
    NEAR_END,
    /** It has ended and still serves. */
    IN_GRACE,
    /** It serves no longer. */
    OVER
  }

  /** Its end is near when a week, or a third of a life shorter than three weeks, is left. */
  static Optional<CrlLife> of(String authority, RevocationList list, Duration grace) {
    return list.end()
        .map(
            end -> {
              Duration third = Duration.between(list.start(), end).dividedBy(NEAR_SHARE);
              Duration near = third.compareTo(NEAR) < 0 ? third : NEAR;
              return new CrlLife(authority, end, end.minus(near), end.plus(grace));
            });
  }

  /** Returns the days until it ends, negative after that. */
  public double daysLeft(Instant now) {
    return Duration.between(now, end).toSeconds() / 86400.0;
  }

  /** Returns how the list stands. */
  public Stage stage(Instant now) {
    if (now.isAfter(last)) {
      return Stage.OVER;
    } else if (now.isAfter(end)) {
      return Stage.IN_GRACE;
    }
    return now.isBefore(warnFrom) ? Stage.GOOD : Stage.NEAR_END;
  }

  /** Returns what an operator should know, or nothing when all is well. */
  public Optional<String> warning(Instant now) {
    return switch (stage(now)) {
      case GOOD -> Optional.empty();
      case NEAR_END -> Optional.of("ends at " + end + "; renew it before then");
      case IN_GRACE ->
          Optional.of(
              "ended at "
                  + end
                  + " and still serves until "
                  + last
                  + " (crypto.crl-grace); renew it");
      case OVER ->
          Optional.of("ended at " + end + "; messages that depend on it are refused; renew it");
    };
  }
}
