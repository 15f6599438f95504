package org.peal.cli;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells the user, at most every ten seconds, how many messages were dropped for readers that do not
 * keep up. Used by one thread.
 */
final class DropReporter {

  private static final long EVERY = Duration.ofSeconds(10).toNanos();

  private final Consumer<String> say;
  private long told;
  private long next = System.nanoTime();

  DropReporter(Consumer<String> say) {
    this.say = say;
  }

  /** Compares how many there are in all with what was said last. */
  void look(long dropped) {
    if (dropped > told && System.nanoTime() - next > 0) {
      say.accept(
          "warning: dropped "
              + (dropped - told)
              + " messages for readers that do not keep up, "
              + dropped
              + " in all");
      told = dropped;
      next = System.nanoTime() + EVERY;
    }
  }
}
