package org.peal.node;

/** What becomes of a message for which there is no room. */
public enum WhenFull {
  /** Its caller waits for room, within a limit. */
  WAIT,
  /** Its caller is told so and may try again. */
  FAIL,
  /**
   * It is given up and counted: for sources whose newest messages are the only ones that matter.
   */
  DROP
}
