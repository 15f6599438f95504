package org.peal.store;

import java.util.List;

/** What waits to be published, as one transaction sees it. Used only within it. */
public sealed interface Outbox permits OutboxTable {

  /** Returns the messages for a bus that have waited longest, in the order in which they came. */
  List<OutboxRow> first(String bus, int limit);

  /** Returns the next messages for a bus after a row, in the order in which they came. */
  List<OutboxRow> next(String bus, long after, int limit);

  /** Returns the last row for a bus; 0 if nothing waits. Reads all of them. */
  long last(String bus);

  /** Returns how many messages for a bus wait. */
  long size(String bus);

  /** Returns what a handler published first, whatever the bus, at most so many messages. */
  List<OutboxRow> ofHandler(String handler, int limit);
}
