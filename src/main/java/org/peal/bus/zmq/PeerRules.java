package org.peal.bus.zmq;

/** Decides which peers a socket puts up with. Called on the I/O thread but where it says so. */
interface PeerRules {

  /** Looks at one complete frame; returns false if its peer must go. */
  boolean accepts(Peer peer, InboundMsg frame);

  /** Notes that the loop has taken a frame of {@code size} bytes; called by the loop. */
  default void taken(int size) {}

  /** Forgets what {@code peer} holds. */
  default void left(Peer peer) {}
}
