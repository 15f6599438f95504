package org.peal.service.koji;

import java.util.List;

/** What has become of a task. The order is that of the numbers on the wire. */
public enum TaskState {
  FREE,
  OPEN,
  CLOSED,
  CANCELED,
  ASSIGNED,
  FAILED;

  /** The states of a task that is still to be carried out or under way. */
  static final List<TaskState> UNFINISHED = List.of(FREE, OPEN, ASSIGNED);

  static TaskState of(int number) {
    return Numbered.of(values(), number, "state of a task");
  }

  /** Tells whether nothing will change any more. */
  public boolean finished() {
    return !UNFINISHED.contains(this);
  }
}
