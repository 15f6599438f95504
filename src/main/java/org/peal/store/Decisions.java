package org.peal.store;

import java.util.List;

/** What handlers decided, as one transaction sees it. Used only within it. */
public sealed interface Decisions permits DecisionTable {

  /**
   * A decision and its place.
   *
   * @param id grows from one to the next
   * @param decision without its labels
   */
  record Row(long id, RecordedDecision decision) {}

  /** Returns the decisions that a query is for, the newest first. */
  List<Row> find(DecisionQuery query);
}
