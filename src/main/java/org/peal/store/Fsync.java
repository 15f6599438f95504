package org.peal.store;

/** When what was committed is forced to the disk. */
public enum Fsync {
  /** With every commit: what was acknowledged survives a power failure. */
  COMMIT,
  /**
   * From time to time: a power failure, or the death of the system, loses what was acknowledged
   * since the last time. The death of the process alone loses nothing.
   */
  INTERVAL
}
