package org.peal.service.koji;

/** What has become of a build. The order is that of the numbers on the wire. */
public enum BuildState {
  BUILDING,
  COMPLETE,
  DELETED,
  FAILED,
  CANCELED;

  static BuildState of(int number) {
    return Numbered.of(values(), number, "state of a build");
  }
}
