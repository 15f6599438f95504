package org.peal.node;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.Reason;

/** Keeps what the messages of each publisher were like, by its address. Thread-safe. */
final class LinkBook {

  private static final class Page {
    private final Map<Reason, Long> refused = new EnumMap<>(Reason.class);
    private @Nullable Boolean isNumbered;

    synchronized void add(Passage passage) {
      passage.problem().ifPresent(problem -> refused.merge(problem.reason(), 1L, Long::sum));
      if (passage.problem().isEmpty()) {
        isNumbered = passage.isNumbered();
      }
    }

    synchronized LinkFacts facts() {
      return new LinkFacts(refused, Optional.ofNullable(isNumbered));
    }
  }

  /** Grows with the addresses that are connected to, which the transport bounds. */
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  void add(Passage passage) {
    pages.computeIfAbsent(passage.message().origin().address(), a -> new Page()).add(passage);
  }

  /** Returns what is known, by address. */
  Map<String, LinkFacts> facts() {
    return pages.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().facts()));
  }
}
