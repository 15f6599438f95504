package org.peal.service.mbs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last module builds that were asked for, each for a while. Thread-safe. */
final class AnswerCache {

  /** Modulemd texts reach a few hundred kilobytes. */
  private static final int MOST = 200;

  private static final Duration LIFE = Duration.ofMinutes(10);

  private record Entry(ModuleBuild build, Instant end) {}

  private final InstantSource clock;
  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  AnswerCache(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Optional<ModuleBuild> get(long id) {
    Entry entry = entries.get(id);
    if (entry == null || !clock.instant().isBefore(entry.end())) {
      entries.remove(id);
      return Optional.empty();
    }
    return Optional.of(entry.build());
  }

  synchronized void put(ModuleBuild build) {
    entries.remove(build.id());
    entries.put(build.id(), new Entry(build, clock.instant().plus(LIFE)));
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
  }
}
