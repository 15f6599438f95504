package org.peal.bridge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The text of a time in the header {@code sent-at}, whole seconds in UTC. Stateless. */
final class SentAt {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);

  private SentAt() {}

  static String text(Instant time) {
    return FORM.format(time);
  }
}
