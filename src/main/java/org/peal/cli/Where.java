package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.peal.bus.Delivery;
import org.peal.filter.Answer;
import org.peal.filter.Filter;
import org.peal.filter.Subject;

/**
 * Decides by a filter which messages are meant, and counts those for which that costs too much.
 * Thread-safe.
 */
final class Where {

  private final Optional<Filter> filter;
  private final Consumer<String> warn;
  private final AtomicLong undecided = new AtomicLong();

  /** Makes a choice; without a filter every message is meant. */
  Where(Optional<Filter> filter, Consumer<String> warn) {
    this.filter = filter;
    this.warn = warn;
  }

  /**
   * Tells whether a message is meant. One that is not JSON never is when there is a filter, nor is
   * one that is too expensive; of those the first is told.
   */
  boolean wants(Delivery delivery) {
    return filter.isEmpty()
        || delivery.tree().filter(tree -> matches(filter.get(), tree, delivery)).isPresent();
  }

  private boolean matches(Filter filter, JsonNode tree, Delivery delivery) {
    Answer answer = filter.test(new Subject(tree, signer(delivery)));
    if (answer == Answer.TOO_EXPENSIVE && undecided.getAndIncrement() == 0) {
      warn.accept(
          "--where takes too long on some messages, they are left out; the first one is of topic "
              + SafeText.line(tree.path("topic").asText(), 100));
    }
    return answer == Answer.MATCH;
  }

  private static Optional<String> signer(Delivery delivery) {
    return delivery
        .verdict()
        .flatMap(v -> v.fold(valid -> Optional.of(valid.signer()), invalid -> Optional.empty()));
  }

  /** Tells how many messages were not decided, if that is not known yet. */
  void report() {
    if (undecided.get() > 1) {
      warn.accept(undecided.get() + " messages were too expensive for --where and left out");
    }
  }
}
