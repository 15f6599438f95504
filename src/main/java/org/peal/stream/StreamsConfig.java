package org.peal.stream;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.peal.config.Doc;

/**
 * The {@code streams} section: how gaps in what publishers send are found and filled. Immutable; a
 * component left out is its default.
 *
 * @param quietAfter at least a second
 * @param patience at least a second
 * @param heldMessages at least 1
 * @param heldBytes at least 1
 */
@Doc("How those that follow publishers without gaps find and fill gaps.")
public record StreamsConfig(
    @Doc(
            "When nothing came from a publisher for this long, its log is asked for what follows"
                + " the last message; once in this time as long as it is quiet.")
        Duration quietAfter,
    @Doc(
            "How long what follows a gap waits for a log that does not answer. Then it is"
                + " delivered, and the gap stays open: asked for again, filled late or lost for"
                + " certain.")
        Duration patience,
    @Doc("Messages behind gaps that are held; of more than that, some are fetched again.")
        Integer heldMessages,
    @Doc("Bytes of messages behind gaps that are held.") Integer heldBytes) {

  private static final Duration QUIET_AFTER = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int HELD_MESSAGES = 10_000;
  private static final int HELD_BYTES = 32 << 20;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration YEAR = Duration.ofDays(366);

  public StreamsConfig {
    quietAfter = requireNonNullElse(quietAfter, QUIET_AFTER);
    patience = requireNonNullElse(patience, PATIENCE);
    heldMessages = requireNonNullElse(heldMessages, HELD_MESSAGES);
    heldBytes = requireNonNullElse(heldBytes, HELD_BYTES);
    requireUsual("quiet-after", quietAfter);
    requireUsual("patience", patience);
    if (heldMessages < 1 || heldBytes < 1) {
      throw new IllegalArgumentException(
          "held-messages and held-bytes must be at least 1: " + heldMessages + ", " + heldBytes);
    }
  }

  private static void requireUsual(String name, Duration value) {
    if (value.compareTo(SECOND) < 0 || value.compareTo(YEAR) > 0) {
      throw new IllegalArgumentException(name + " must be between 1s and 366d: " + value);
    }
  }

  /** Returns the configuration that holds when nothing is said. */
  public static StreamsConfig defaults() {
    return new StreamsConfig(QUIET_AFTER, PATIENCE, HELD_MESSAGES, HELD_BYTES);
  }
}
