package org.peal.store;

import java.util.List;

/** What waits to be published, as one transaction sees it. Used only within it. */
public sealed interface Outbox permits OutboxTable {

  /** Returns the messages that have waited longest, in the order in which they came. */
  List<OutboxRow> first(int limit);

  /** Returns the next messages after a row, in the order in which they came. */
  List<OutboxRow> next(long after, int limit);

  /** Returns how many messages wait. */
  long size();
}
