package org.peal.bridge;

import org.peal.bus.Draft;

/** What a bridge publishes on ZeroMQ. Immutable. */
public sealed interface ZmqOutput {

  /** A message that the bridge signs and stores as its own. */
  record Own(Draft draft) implements ZmqOutput {}

  /**
   * The first publisher's message, as it was but for its spelling, with that one's signature.
   *
   * @param payload in canonical form; nobody may change it
   */
  record Original(String topic, byte[] payload) implements ZmqOutput {}
}
