package org.peal.bus.zmq;

/** Decides which peers a socket puts up with. Called on the I/O thread only. */
interface PeerRules {

  /** Looks at one complete frame; returns false if its peer must go. */
  boolean accepts(Peer peer, InboundMsg frame);

  /** Forgets what {@code peer} holds. */
  default void left(Peer peer) {}
}
