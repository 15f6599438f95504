package org.peal.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which decisions are looked for: those that meet all that is said. Immutable.
 *
 * @param handler only those of one handler
 * @param labels only those with each of these labels, a value by kind
 * @param since only those made then or later
 * @param before only those with a lower number; of the last page its {@link Decisions.Row#id}
 * @param limit the most that are returned, at least 1
 */
public record DecisionQuery(
    Optional<String> handler,
    Map<String, String> labels,
    Optional<Instant> since,
    long before,
    int limit) {

  private static final int MOST_LABELS = 8;

  public DecisionQuery {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    if (labels.size() > MOST_LABELS || limit < 1) {
      throw new IllegalArgumentException(
          "a query must have at most %d labels and a limit of 1 or more: %d, %d"
              .formatted(MOST_LABELS, labels.size(), limit));
    }
  }

  /** Returns the query for the newest of all decisions. */
  public static DecisionQuery newest(int limit) {
    return new DecisionQuery(Optional.empty(), Map.of(), Optional.empty(), Long.MAX_VALUE, limit);
  }

  /** Returns the query for what comes after a page of this one. */
  public DecisionQuery before(long id) {
    return new DecisionQuery(handler, labels, since, id, limit);
  }
}
