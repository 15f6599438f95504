package org.peal.bench;

import java.util.OptionalInt;

/**
 * How much is measured. Immutable.
 *
 * @param runs rounds whose median counts, after one that does not; at least 1
 * @param count messages in each round; empty for what suits each path
 */
public record Effort(int runs, OptionalInt count) {

  /** Returns how many messages a round has. */
  int count(int usual) {
    return count.orElse(usual);
  }
}
