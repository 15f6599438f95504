package org.peal.service.koji;

import java.util.List;

/** What has become of a task, with its number on the wire. */
public enum TaskState {
  FREE(0),
  OPEN(1),
  CLOSED(2),
  CANCELED(3),
  ASSIGNED(4),
  FAILED(5);

  /** The states of a task that is still to be carried out or under way. */
  static final List<TaskState> UNFINISHED = List.of(FREE, OPEN, ASSIGNED);

  private final int number;

  TaskState(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static TaskState of(int number) {
    return Numbered.of(values(), number, "state of a task");
  }

  /** Tells whether nothing will change any more. */
  public boolean finished() {
    return !UNFINISHED.contains(this);
  }
}
