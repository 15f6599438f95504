package org.peal.message;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.TimeZone;
import java.util.UUID;

/**
 * The name of a message, made by its publisher: the local year, a dash and a UUID. Ids of foreign
 * publishers may be any text. Immutable.
 *
 * @param value the full text; never empty
 */
public record MessageId(String value) {

  private static final int YEAR_LENGTH = 4;
  private static final int UUID_LENGTH = 36;

  public MessageId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("message id must not be empty");
    }
  }

  /** Makes the id of a message that is published now, in the year that a zone's calendar shows. */
  public static MessageId create(InstantSource clock, TimeZone zone, UUID uuid) {
    Instant now = clock.instant();
    // Asked in the old way, because a ZoneId looks through all libraries for more rules of zones.
    int offset = zone.getOffset(now.toEpochMilli());
    return new MessageId(now.plusMillis(offset).atOffset(ZoneOffset.UTC).getYear() + "-" + uuid);
  }

  /**
   * Returns what two copies of one message have in common whatever way they came: the id without
   * the year, since the other bus drops it. An id of another form is returned whole.
   */
  public String dedupKey() {
    return hasYear() ? value.substring(YEAR_LENGTH + 1) : value;
  }

  private boolean hasYear() {
    return value.length() == YEAR_LENGTH + 1 + UUID_LENGTH
        && value.charAt(YEAR_LENGTH) == '-'
        && isYear();
  }

  /** A loop, because every message passes here and a stream costs more than the rest of it. */
  private boolean isYear() {
    for (int i = 0; i < YEAR_LENGTH; i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
