package org.peal.node;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.peal.bus.RawMessage;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts messages that are not valid, by reason, and logs the first of each and then every
 * doubling, so that a flood of them makes no flood of lines. Thread-safe.
 */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final String role;
  private final Map<Reason, AtomicLong> counts = new EnumMap<>(Reason.class);

  /** Makes counters; {@code role} tells in the log who refuses. */
  Refusals(String role) {
    this.role = role;
    for (Reason reason : Reason.values()) {
      counts.put(reason, new AtomicLong());
    }
  }

  void count(RawMessage message, Verdict.Invalid verdict) {
    AtomicLong known = counts.get(verdict.reason());
    long count = known == null ? 0 : known.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      LOG.warn(
          "{}: {} message from {}, {} so far: {}",
          role,
          verdict.reason(),
          message.origin().address(),
          count,
          verdict.detail());
    }
  }

  /** Returns the counts that are not zero. */
  Map<Reason, Long> counts() {
    Map<Reason, Long> result = new EnumMap<>(Reason.class);
    counts.forEach(
        (reason, count) -> {
          if (count.get() > 0) {
            result.put(reason, count.get());
          }
        });
    return result;
  }
}
