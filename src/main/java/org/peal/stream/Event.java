package org.peal.stream;

import java.util.Optional;
import org.peal.bus.Delivery;

/** What those that follow publishers get, in order. */
public sealed interface Event {

  /**
   * How far a stream was followed, to be kept with what became of the event. Immutable.
   *
   * @param stream its identity
   * @param publisher its name in the endpoint map
   */
  record Mark(String stream, String publisher, Position position) {}

  /**
   * A message.
   *
   * @param mark where its stream now is; empty if it does not count, comes late, or was refused
   * @param isReplayed whether it came from the publisher's log, not live
   */
  record Message(Delivery delivery, Optional<Mark> mark, boolean isReplayed) implements Event {}

  /** Messages that will not come, as far as is known. */
  record Lost(Mark mark, Span span, Loss reason) implements Event {}

  /** A publisher's log went back; its stream is followed from a new position. */
  record RolledBack(Mark mark, long cursorBefore) implements Event {}
}
