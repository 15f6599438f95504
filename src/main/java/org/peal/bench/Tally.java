package org.peal.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * Counts what arrives, from the first to the last, and how long each took if it says when it was
 * sent. Thread-safe.
 */
final class Tally {

  /** Nothing more comes after such a silence. */
  static final Duration SILENCE = Duration.ofSeconds(15);

  private static final int MOST_DELAYS = 100_000;

  private long expected;
  private long count;
  private long first;
  private long last;
  private Delays delays = new Delays(0);

  /** Begins anew. */
  synchronized void arm(long messages) {
    expected = messages;
    count = 0;
    first = 0;
    last = System.nanoTime();
    delays = new Delays((int) Math.min(messages, MOST_DELAYS));
  }

  /** Counts one message; {@code sent} is 0 if it does not say when it was sent. */
  synchronized void count(long sent) {
    long now = System.nanoTime();
    last = now;
    if (count++ == 0) {
      first = now;
    }
    if (sent != 0) {
      delays.add(now - sent);
    }
    if (count >= expected) {
      notifyAll();
    }
  }

  /** Waits until all have come, or nothing comes any more. */
  synchronized ObjectNode result() throws InterruptedException {
    while (count < expected && System.nanoTime() - last < SILENCE.toNanos()) {
      wait(100);
    }
    ObjectNode result = delays.summary();
    result.put("count", count);
    return result.put("nanos", last - first);
  }
}
