package org.peal.store;

import java.time.Duration;

/** What came of trying to take a lease. Immutable. */
public sealed interface Contention {

  /** It was taken. */
  record Taken(Fence fence) implements Contention {}

  /**
   * Another one has it.
   *
   * @param holder who
   * @param number its fencing number
   * @param left how long at least, unless it is released
   */
  record Held(String holder, long number, Duration left) implements Contention {}
}
