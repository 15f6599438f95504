package org.peal.node.replay;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets each host do something so many times a second, twice that in a burst. Not thread-safe.
 *
 * <p>It remembers a bounded number of hosts, those that came last.
 */
final class RateLimit {

  private static final int MAX_HOSTS = 4096;
  private static final double NANOS = 1e9;

  private final int rate;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_HOSTS;
        }
      };

  private static final class Bucket {
    private double tokens;
    private long filledAt;
  }

  RateLimit(int rate) {
    this.rate = rate;
  }

  /** Notes an attempt at a time by {@link System#nanoTime} and tells whether it may go on. */
  boolean permits(String host, long now) {
    Bucket bucket = buckets.computeIfAbsent(host, h -> full(now));
    double earned = (now - bucket.filledAt) / NANOS * rate;
    bucket.tokens = Math.min(2.0 * rate, bucket.tokens + earned);
    bucket.filledAt = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  private Bucket full(long now) {
    Bucket bucket = new Bucket();
    bucket.tokens = 2.0 * rate;
    bucket.filledAt = now;
    return bucket;
  }
}
