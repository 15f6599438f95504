package org.peal.bus.amqp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each matter once, so that what is wrong with every message does not fill the log. Of very
 * many matters those that were not heard of for longest are told again. Thread-safe.
 */
final class Complaints {

  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
  private static final int MOST = 1000;

  private final Set<String> told =
      Collections.newSetFromMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST;
            }
          });

  /** Logs a line unless the matter was told before. */
  void warn(String matter, String format, @Nullable Object... values) {
    boolean isNew;
    synchronized (told) {
      isNew = told.add(matter);
    }
    if (isNew) {
      LOG.warn(format, values);
    }
  }
}
