package org.peal.node;

import java.util.List;

/**
 * Whether a node does its work. Immutable.
 *
 * @param failures why it does not; if there are any it is not ready
 * @param warnings what somebody should look at; with warnings alone it is ready but degraded
 */
record Health(List<String> failures, List<String> warnings) {

  /** What is known before anybody looked. */
  static final Health STARTING = new Health(List.of("it is starting"), List.of());

  Health {
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
  }

  boolean isReady() {
    return failures.isEmpty();
  }

  /** Returns {@code ready}, {@code degraded} or {@code not-ready}. */
  String state() {
    if (!failures.isEmpty()) {
      return "not-ready";
    }
    return warnings.isEmpty() ? "ready" : "degraded";
  }
}
