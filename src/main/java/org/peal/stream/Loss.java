package org.peal.stream;

/** Why messages of a stream did not come, for certain or for the time being. */
public enum Loss {
  /** The publisher's log no longer has them. */
  GONE("its log no longer has them"),
  /** The log has something in their place that does not pass verification. */
  NOT_VERIFIED("what its log has does not pass verification"),
  /** The log did not answer in time; it may still have them. */
  UNANSWERED("its log did not answer in time"),
  /** No replay address is known for the publisher. */
  NO_REPLAY("no replay address is known for it"),
  /** Nobody could be asked, and too much else of the stream is missing by now. */
  GIVEN_UP("its log never answered, and too many later gaps wait for it");

  private final String text;

  Loss(String text) {
    this.text = text;
  }

  /** Returns the reason for people. */
  public String text() {
    return text;
  }

  /** Tells whether they may still come, so that they are asked for again. */
  public boolean isUncertain() {
    return this == UNANSWERED || this == NO_REPLAY;
  }
}
