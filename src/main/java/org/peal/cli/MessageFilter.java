package org.peal.cli;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.peal.BoundedRegex;
import org.peal.bus.RawMessage;

/**
 * Decides by the topic frame which messages are shown: the excluding expression first, then the
 * including one, both searched anywhere in the topic. Thread-safe.
 */
final class MessageFilter {

  private final BoundedRegex exclude;
  private final BoundedRegex include;
  private final Consumer<String> warn;
  private final AtomicLong undecided = new AtomicLong();

  MessageFilter(BoundedRegex exclude, BoundedRegex include, Consumer<String> warn) {
    this.exclude = exclude;
    this.include = include;
    this.warn = warn;
  }

  /** Tells whether a message is to be shown; one that takes too long to decide is not. */
  boolean wants(RawMessage message) {
    String topic = new String(message.topic(), StandardCharsets.UTF_8);
    Optional<Boolean> excluded = exclude.find(topic);
    Optional<Boolean> included =
        excluded.isPresent() && !excluded.get() ? include.find(topic) : excluded.map(x -> false);
    if (included.isEmpty() && undecided.getAndIncrement() == 0) {
      warn.accept(
          "--include or --exclude takes too long on some topics, their messages are left out; the"
              + " first one: "
              + SafeText.line(topic, 100));
    }
    return included.orElse(false);
  }
}
