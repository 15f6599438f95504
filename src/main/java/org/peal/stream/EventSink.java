package org.peal.stream;

import java.util.List;
import org.peal.bus.Delivery;

/** Takes what an order stage lets go. Called by one thread at a time; may block. */
@FunctionalInterface
interface EventSink {

  void accept(Event event);

  /** Learns what most likely comes next, as {@link Sink#expect} does. */
  default void expect(List<Delivery> deliveries) {}
}
