package org.peal.node;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;

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

  /** Takes note of a message, if it was verified. */
  void addVerified(Delivery delivery) {
    delivery.verdict().map(verdict -> passage(delivery, verdict)).ifPresent(this::add);
  }

  private static Passage passage(Delivery delivery, Verdict verdict) {
    return verdict.fold(
        valid -> Passage.unchanged(delivery.raw(), delivery.tree()),
        invalid -> Passage.refused(delivery.raw(), invalid));
  }

  /** Returns what is known, by address. */
  Map<String, LinkFacts> facts() {
    return pages.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().facts()));
  }
}
