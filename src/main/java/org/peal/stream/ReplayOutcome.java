package org.peal.stream;

import java.time.Duration;

/** What became of a question to a publisher's log. Immutable. */
public sealed interface ReplayOutcome {

  /** The log answered; the page may be empty, and then tells which ids are gone. */
  record Answered(ReplayPage page) implements ReplayOutcome {}

  /**
   * The server gave an error in place of messages.
   *
   * @param text what it said, without the protocol's quotes
   */
  record ServerError(String text) implements ReplayOutcome {}

  /** The server was connected to but did not answer in time, in all attempts. */
  record TimedOut(Duration limit) implements ReplayOutcome {}

  /** No address could be connected to in time, in all attempts. */
  record Unreachable(String detail) implements ReplayOutcome {}

  /**
   * The question was not put to anybody.
   *
   * @param detail for people: why
   */
  record Refused(Why why, String detail) implements ReplayOutcome {}

  /** Why a question is not put. */
  enum Why {
    /** Too many questions are under way. */
    BUSY,
    /** The endpoint map lists no replay address under that name. */
    UNKNOWN_PUBLISHER,
    /** It cannot be put into the protocol, or is too large for it. */
    BAD_QUERY,
    /** The client is closed. */
    CLOSED
  }
}
