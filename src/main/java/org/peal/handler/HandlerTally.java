package org.peal.handler;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what became of the messages of one handler in this process. Thread-safe. */
final class HandlerTally {

  private final Map<String, Long> counts = new LinkedHashMap<>();
  private HandlerStatus.@Nullable Last last;

  HandlerTally() {
    for (Outcome.Kind kind : Outcome.Kind.values()) {
      counts.put(Outcomes.word(kind), 0L);
    }
    counts.put("put_aside", 0L);
    counts.put("duplicate", 0L);
    counts.put("conflict", 0L);
    counts.put("passed_over", 0L);
  }

  synchronized void outcome(Outcome.Kind kind, Instant when) {
    String word = Outcomes.word(kind);
    add(word);
    last = new HandlerStatus.Last(word, when);
  }

  void putAside() {
    add("put_aside");
  }

  void duplicate() {
    add("duplicate");
  }

  void conflict() {
    add("conflict");
  }

  void passedOver() {
    add("passed_over");
  }

  private synchronized void add(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  synchronized Map<String, Long> counts() {
    return new LinkedHashMap<>(counts);
  }

  synchronized Optional<HandlerStatus.Last> last() {
    return Optional.ofNullable(last);
  }
}
