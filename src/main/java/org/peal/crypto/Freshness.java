package org.peal.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a message is not older than allowed, nor from further ahead. Immutable.
 *
 * @param maxAge the allowed distance from now, in both directions
 */
record Freshness(Duration maxAge) {

  /** Some publishers send milliseconds; as seconds, this would be in the year 5138. */
  private static final double MILLISECONDS_FROM = 1e11;

  /**
   * Checks the {@code timestamp} field, and the time that the signature itself states, if any: that
   * one cannot be changed even where the field is not signed.
   *
   * @throws Refusal STALE, also if the field is missing or not a number
   */
  void check(@Nullable JsonNode timestamp, Optional<Instant> signed, Instant now) throws Refusal {
    if (timestamp == null || !timestamp.isNumber()) {
      throw stale("there is no timestamp that is a number");
    }
    require("timestamp", seconds(timestamp.doubleValue()), timestamp.asText(), now);
    if (signed.isPresent()) {
      Instant made = signed.get();
      require("time of the signature", (double) made.getEpochSecond(), made.toString(), now);
    }
  }

  private void require(String what, double seconds, String text, Instant now) throws Refusal {
    double age = now.getEpochSecond() + now.getNano() / 1e9 - seconds;
    // Written so that NaN is refused too.
    if (!(Math.abs(age) <= maxAge.toMillis() / 1e3)) {
      throw stale(
          "%s %s is further from now than %s".formatted(what, Details.excerpt(text), maxAge));
    }
  }

  private static double seconds(double value) {
    return value < MILLISECONDS_FROM ? value : value / 1e3;
  }

  private static Refusal stale(String detail) {
    return new Refusal(Reason.STALE, detail);
  }
}
