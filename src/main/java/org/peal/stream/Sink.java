package org.peal.stream;

import java.util.Optional;

/**
 * Takes what a durable subscriber gets, and says what is to be recorded with how far the publisher
 * was followed. Called by one thread at a time.
 */
public interface Sink {

  /**
   * Takes a message; whether it had its effect before is for the sink to know.
   *
   * @return what to record; empty if it was not taken and nothing more is wanted, so that it comes
   *     again at the next start
   */
  Optional<Rows> take(Event.Message message);

  /** Learns that messages are lost, which is recorded, and returns what to record with that. */
  Rows lost(Event.Lost lost);

  /** Gets to know of something that people should learn, in words of one line. */
  void announce(String text);
}
