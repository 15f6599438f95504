package org.peal.bridge;

/**
 * What a bridge makes of a message. Immutable.
 *
 * @param <M> what it is on the other bus
 */
public sealed interface Crossing<M> {

  /** Why a message is left alone; nothing is wrong with it. */
  enum Reason {
    /** Its topic is not to cross. */
    FILTERED,
    /** It comes from the other bus, or was here before. */
    CROSSED_BEFORE
  }

  /** It crosses. */
  record Passed<M>(M message) implements Crossing<M> {}

  /** It is not to cross. */
  record Skipped<M>(Reason reason) implements Crossing<M> {}

  /**
   * It cannot cross.
   *
   * @param why what is wrong with it, for people
   */
  record Refused<M>(String why) implements Crossing<M> {}
}
