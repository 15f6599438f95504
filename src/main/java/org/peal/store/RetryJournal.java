package org.peal.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.message.MessageId;

/** What was handed to handlers and has no outcome yet, as one transaction sees it. */
public sealed interface RetryJournal permits RetryJournalTable {

  /** Returns the entry of a message. */
  Optional<JournalEntry> find(MessageKey key);

  /** Returns an entry by its place. */
  Optional<JournalEntry> find(long id);

  /** Returns the entries of a message, at every handler. */
  List<JournalEntry> find(MessageId id);

  /** Returns what a handler is to get again by now, in the order of arrival. */
  List<JournalEntry> due(String handler, Instant now, int limit);

  /** Returns how many entries a handler has. */
  long size(String handler);
}
