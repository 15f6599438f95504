package org.peal.stream;

import org.peal.bus.Delivery;

/** What a durable subscriber does with what comes. Called by one thread at a time. */
public interface Handling {

  /** What became of a message. */
  enum Result {
    /** It had its effect, which must not be repeated. */
    DONE,
    /** It is not for this subscriber. */
    PASSED_OVER,
    /** It was not taken, and nothing more is wanted: it comes again at the next start. */
    ENOUGH
  }

  /** Handles a message. When this returns, the effect must have left this process. */
  Result handle(Delivery delivery);

  /** Gets to know of something that people should learn, in words of one line. */
  void announce(String text);
}
