package org.peal.stream;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peal.bus.Delivery;

/**
 * What one log says that it has not. It is believed when it says so again: only messages are
 * signed, and what an answer says about the others may have been damaged on its way. Bounded. Not
 * thread-safe.
 */
final class Doubt {

  private static final int MOST_SPANS = 256;
  private static final int MOST_REFUSED = 4096;

  /** Last sequence id by the first one, of what earlier answers said and of what this one says. */
  private final TreeMap<Long, Long> before = new TreeMap<>();

  private final TreeMap<Long, Long> now = new TreeMap<>();
  private final Map<Integer, Boolean> refused = new Latest();
  private boolean isSound;
  private boolean isRaised;
  private boolean wasRaised;
  private long end = -1;

  /**
   * Begins with another answer.
   *
   * @param bad what of it did not pass verification: damage looks different each time, what the log
   *     really has does not
   */
  void begin(List<Delivery> bad) {
    now.forEach((first, last) -> add(before, first, last));
    now.clear();
    wasRaised = isRaised;
    isRaised = false;
    isSound = true;
    for (Delivery each : bad) {
      isSound &= refused.put(Arrays.hashCode(each.raw().payload()), true) != null;
    }
  }

  /** Notes what is said to be missing; returns up to which id that was said before as well. */
  long confirmed(Span missing) {
    add(now, missing.first(), missing.last());
    Map.Entry<Long, Long> known = before.floorEntry(missing.first());
    long sure =
        isSound && known != null && known.getValue() >= missing.first()
            ? Math.min(known.getValue(), missing.last())
            : missing.first() - 1;
    isRaised |= sure < missing.last();
    return sure;
  }

  /** Notes where the log is said to end; tells whether the answer before said the same. */
  boolean isEndConfirmed(long last) {
    boolean isAgain = end == last;
    end = last;
    return isAgain;
  }

  /** Tells whether it is worth asking again at once. */
  boolean isNew() {
    return isRaised && !wasRaised;
  }

  /** Returns the last id that the answers say is missing; -1 if none. */
  long last() {
    long earlier = before.isEmpty() ? -1 : before.lastEntry().getValue();
    return now.isEmpty() ? earlier : Math.max(earlier, now.lastEntry().getValue());
  }

  void clear() {
    before.clear();
    now.clear();
    refused.clear();
    isRaised = false;
    end = -1;
  }

  private static void add(TreeMap<Long, Long> spans, long first, long last) {
    long from = first;
    long to = last;
    for (Map.Entry<Long, Long> near = spans.floorEntry(to + 1);
        near != null && near.getValue() >= from - 1;
        near = spans.floorEntry(to + 1)) {
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue());
      spans.remove(near.getKey());
    }
    spans.put(from, to);
    if (spans.size() > MOST_SPANS) {
      spans.pollFirstEntry();
    }
  }

  /** Forgets what was put in first. */
  private static final class Latest extends LinkedHashMap<Integer, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
      return size() > MOST_REFUSED;
    }
  }
}
