package org.peal.stream;

import java.util.List;
import java.util.function.Consumer;
import org.peal.bus.Delivery;

/**
 * Takes what a durable subscriber gets, and says what is to be recorded with how far the publisher
 * was followed. Called by one thread at a time.
 */
public interface Sink {

  /**
   * Takes a message; whether it had its effect before is for the sink to know.
   *
   * @param recorder to be given, once, what is recorded with the message's place; does not wait for
   *     the commit. That may be later and on another thread, but in the order of the messages and
   *     before {@link #settle} returns
   * @return false if it was not taken and nothing more is wanted: it comes again at the next start,
   *     and the recorder was not called
   */
  boolean take(Event.Message message, Consumer<Rows> recorder);

  /**
   * Learns what will be taken next, unless something else comes first, so that what is known of all
   * of it can be looked up at once.
   */
  default void expect(List<Delivery> deliveries) {}

  /**
   * Waits until the recorders of all messages that were taken have been given what they wait for.
   */
  default void settle() {}

  /** Learns that messages are lost, and has recorded, at once, what belongs to that. */
  void lost(Event.Lost lost, Consumer<Rows> recorder);

  /** Gets to know of something that people should learn, in words of one line. */
  void announce(String text);
}
