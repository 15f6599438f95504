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
   * @param fill what it fills, if it had been passed over; comes after messages that follow it
   * @param isReplayed whether it came from the publisher's log, not live
   */
  record Message(Delivery delivery, Optional<Mark> mark, Optional<Fill> fill, boolean isReplayed)
      implements Event {

    /** Makes one that comes in order, or that no place in a stream is known for. */
    Message(Delivery delivery, Optional<Mark> mark, boolean isReplayed) {
      this(delivery, mark, Optional.empty(), isReplayed);
    }
  }

  /** A place in a stream that had been left open. Immutable. */
  record Fill(String stream, long sequenceId) {}

  /**
   * Messages that did not come and are still asked for; what follows them goes on.
   *
   * @param reason uncertain
   */
  record LeftOpen(Mark mark, Span span, Loss reason) implements Event {}

  /**
   * Messages that had been left open and were just given late.
   *
   * @param span from the first to the last
   */
  record CameLate(Mark mark, Span span, int count) implements Event {}

  /** Messages that will not come. */
  record Lost(Mark mark, Span span, Loss reason) implements Event {}

  /** A publisher's log went back; its stream is followed from a new position. */
  record RolledBack(Mark mark, long cursorBefore) implements Event {}
}
