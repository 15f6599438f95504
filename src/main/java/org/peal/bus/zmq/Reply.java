package org.peal.bus.zmq;

import java.util.List;

/** What came of a question. Immutable; nobody may change the bytes. */
public sealed interface Reply {

  /** The answer, at least one frame. */
  record Frames(List<byte[]> frames) implements Reply {
    public Frames {
      frames = List.copyOf(frames);
    }
  }

  /** The server took the question and did not answer in time, or broke the connection. */
  record Silence() implements Reply {}

  /** No connection came about in time. */
  record Unreachable() implements Reply {}

  /** The answer was longer than is allowed. */
  record TooLarge() implements Reply {}

  /** Too many questions wait. */
  record Busy() implements Reply {}

  /** The requester or the transport is closed. */
  record Closed() implements Reply {}
}
