package org.peal.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** Reads the times that publishers write: Unix time in seconds, whole or not, or milliseconds. */
final class Timestamps {

  /** Beyond this a number counts milliseconds; as seconds it is the year 5138. */
  private static final double GREATEST_SECONDS = 1e11;

  private static final double GREATEST_MILLISECONDS = GREATEST_SECONDS * 1000;

  private Timestamps() {}

  /** Returns the time, to the millisecond, or nothing if the value is no sensible time. */
  static Optional<Instant> read(JsonNode value) {
    double number = value.isNumber() ? Math.abs(value.doubleValue()) : Double.NaN;
    if (!(number <= GREATEST_MILLISECONDS)) {
      return Optional.empty();
    }
    return Optional.of(
        number > GREATEST_SECONDS
            ? Instant.ofEpochMilli(value.longValue())
            : Instant.ofEpochMilli(Math.round(value.doubleValue() * 1000)));
  }
}
