package org.peal.node;

import org.peal.bus.RawMessage;

/**
 * Decides what becomes of a message that somebody wants forwarded. Thread-safe; never throws for
 * what a message says.
 */
@FunctionalInterface
interface Gate {

  /** Looks at a message, on any thread. */
  Passage pass(RawMessage message);
}
