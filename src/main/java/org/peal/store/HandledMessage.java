package org.peal.store;

import java.time.Instant;
import java.util.List;

/**
 * What became of one message at one handler. Immutable.
 *
 * @param key the message and the handler
 * @param outcome one word: what the handler made of it
 * @param why more, for people; may be empty
 * @param lines what the handler said of its decision, line by line
 * @param when when the outcome was known
 */
public record HandledMessage(
    MessageKey key, String outcome, String why, List<String> lines, Instant when) {

  public HandledMessage {
    lines = List.copyOf(lines);
    if (outcome.isEmpty()) {
      throw new IllegalArgumentException("outcome must not be empty");
    }
  }
}
