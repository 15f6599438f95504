package org.peal.node;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.peal.bus.Published;
import org.peal.message.MessageId;

/**
 * The ids that publishers have given their messages themselves, and the answers to these, while
 * they are under way: of two messages with one id the second gets the answer to the first. Its
 * bound is that of the {@link Admission} before it. Thread-safe.
 */
final class IdsUnderWay {

  private final Map<MessageId, CompletableFuture<Published>> answers = new ConcurrentHashMap<>();

  /**
   * Enters an id, unless it is there.
   *
   * @return the answer to the message that has it already
   */
  Optional<CompletableFuture<Published>> enter(MessageId id, CompletableFuture<Published> answer) {
    return Optional.ofNullable(answers.putIfAbsent(id, answer));
  }

  /** Removes an id, if it belongs to this answer. */
  void remove(MessageId id, CompletableFuture<Published> answer) {
    answers.remove(id, answer);
  }
}
