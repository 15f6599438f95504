package org.peal.store;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/**
 * The {@code store.retention} section: how long a log keeps its messages. Immutable; a component
 * left out is its default, and a limit that is null is none.
 */
@Doc("Which messages the log gives up: the oldest, as soon as one of these limits is passed.")
public record RetentionConfig(
    @Doc("The greatest age of a message, by its own time. `0` keeps messages of any age.")
        Duration age,
    @Doc("The most bytes that messages may take. When not set: no limit.") @Nullable Long bytes,
    @Doc("The most messages. When not set: no limit.") @Nullable Long messages,
    @Doc("Messages that are deleted in one transaction, 1 to 100000.") Integer chunk,
    @Doc(
            "Messages that are deleted in a second at most, so that a clock that jumps or a limit"
                + " that was mistyped does not empty the log at once. Must exceed the rate of"
                + " publishing.")
        Integer rate) {

  private static final int MAX_CHUNK = 100_000;
  private static final Duration AGE = Duration.ofDays(30);
  private static final int CHUNK = 500;
  private static final int RATE = 10_000;

  public RetentionConfig {
    age = requireNonNullElse(age, AGE);
    chunk = requireNonNullElse(chunk, CHUNK);
    rate = requireNonNullElse(rate, RATE);
    if (age.isNegative()) {
      throw new IllegalArgumentException("age must not be negative: " + age);
    }
    if (bytes != null && bytes < 1 || messages != null && messages < 1) {
      throw new IllegalArgumentException("bytes and messages must be at least 1, or not set");
    }
    if (chunk < 1 || chunk > MAX_CHUNK || rate < 1) {
      throw new IllegalArgumentException(
          "chunk must be from 1 to " + MAX_CHUNK + ", rate at least 1: " + chunk + ", " + rate);
    }
  }

  /** Returns what holds when nothing is said. */
  public static RetentionConfig defaults() {
    return new RetentionConfig(AGE, null, null, CHUNK, RATE);
  }
}
