package org.peal.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What one direction has done so far. Thread-safe. */
final class Tally {

  final LongAdder received = new LongAdder();
  final LongAdder bridged = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder filtered = new LongAdder();
  final LongAdder crossedBefore = new LongAdder();
  final LongAdder invalid = new LongAdder();
  final LongAdder deadLettered = new LongAdder();

  /** Time from the hand-over to the broker to its confirmation, and how often it was taken. */
  final LongAdder confirmNanos = new LongAdder();

  final LongAdder confirms = new LongAdder();

  private volatile Duration lag = Duration.ZERO;

  void skipped(Crossing.Reason reason) {
    switch (reason) {
      case FILTERED -> filtered.increment();
      case CROSSED_BEFORE -> crossedBefore.increment();
    }
  }

  /** Notes how long a confirmation took. */
  void confirmed(long nanos) {
    confirmNanos.add(nanos);
    confirms.increment();
  }

  /** Notes that a message of some time has crossed. */
  void crossed(Instant made, Instant now) {
    bridged.increment();
    Duration between = Duration.between(made, now);
    lag = between.isNegative() ? Duration.ZERO : between;
  }

  /** Returns how old the last message was when it had crossed. */
  Duration lag() {
    return lag;
  }

  /** Returns the numbers by name, each behind a prefix. */
  Map<String, Long> counters(String prefix) {
    Map<String, Long> counters = new TreeMap<>();
    counters.put(prefix + "received", received.sum());
    counters.put(prefix + "bridged", bridged.sum());
    counters.put(prefix + "duplicates", duplicates.sum());
    counters.put(prefix + "filtered", filtered.sum());
    counters.put(prefix + "crossed_before", crossedBefore.sum());
    counters.put(prefix + "invalid", invalid.sum());
    counters.put(prefix + "dead_lettered", deadLettered.sum());
    return counters;
  }
}
