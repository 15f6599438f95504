package org.peal.store;

import java.time.Instant;
import java.util.List;

/**
 * A message that was handed to a handler and has no outcome yet: it is being handled, or is to be
 * tried again. Immutable.
 *
 * @param id its place in the order of arrival
 * @param key the message and the handler
 * @param message the whole message, as the handlers' package writes it
 * @param attempts how often it was handed over, without those that do not count
 * @param due when it is to be handed over next
 * @param since when it was handed over first, or held last
 * @param why why it is tried again; empty before the first answer
 * @param lines what the handler said of its last decision
 */
public record JournalEntry(
    long id,
    MessageKey key,
    String message,
    int attempts,
    Instant due,
    Instant since,
    String why,
    List<String> lines) {

  public JournalEntry {
    lines = List.copyOf(lines);
  }
}
