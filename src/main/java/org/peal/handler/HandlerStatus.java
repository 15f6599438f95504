package org.peal.handler;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a handler fares in this process. Immutable.
 *
 * @param counts how often each outcome came, and what else was counted
 * @param last the last outcome
 * @param stuckSince since when a call has been overdue, if one is
 * @param thrown what it threw last, if it ever did
 * @param halted why the handler wants the program to end, if it does
 */
public record HandlerStatus(
    String name,
    Map<String, Long> counts,
    Optional<Last> last,
    Optional<Instant> stuckSince,
    Optional<String> thrown,
    Optional<Outcome.Halt> halted) {

  /** The last outcome, in one word, and when it came. */
  public record Last(String outcome, Instant when) {}

  public HandlerStatus {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
