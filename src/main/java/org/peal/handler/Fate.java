package org.peal.handler;

/** What a bus that keeps messages until they are settled may do with one of them. */
public enum Fate {
  /** It was not taken: the bus keeps it. */
  KEEP,
  /** What came of it is committed: the bus forgets it. */
  FORGET,
  /** It is a dead letter here, and so it is for the bus. */
  REJECT
}
