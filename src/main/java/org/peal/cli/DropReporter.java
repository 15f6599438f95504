package org.peal.cli;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells the user, at most every ten seconds, how many messages were dropped, and why. Used by one
 * thread.
 */
final class DropReporter {

  private static final long EVERY = Duration.ofSeconds(10).toNanos();

  /** Why messages are dropped on their way out. */
  static final String SLOW_READERS = "for readers that do not keep up";

  private final String why;
  private final Consumer<String> say;
  private long told;
  private long next = System.nanoTime();

  DropReporter(String why, Consumer<String> say) {
    this.why = why;
    this.say = say;
  }

  /** Compares how many there are in all with what was said last. */
  void look(long dropped) {
    if (dropped > told && System.nanoTime() - next > 0) {
      say.accept(
          "warning: dropped %d messages %s, %d in all".formatted(dropped - told, why, dropped));
      told = dropped;
      next = System.nanoTime() + EVERY;
    }
  }
}
