package org.peal.bus.zmq;

/** Bounds an answer, which JeroMQ gathers as a whole before anybody sees its first frame. */
final class ReplyRules implements PeerRules {
  private final RequesterOptions options;
  private volatile boolean isBroken;

  ReplyRules(RequesterOptions options) {
    this.options = options;
  }

  /** Returns whether an answer was too long. */
  boolean isBroken() {
    return isBroken;
  }

  @Override
  public boolean accepts(Peer peer, InboundMsg frame) {
    peer.chainFrames++;
    peer.chainBytes += frame.size();
    if (peer.chainFrames > options.maxFrames() || peer.chainBytes > options.maxBytes()) {
      isBroken = true;
      return false;
    }
    if (!frame.hasMore()) {
      peer.chainFrames = 0;
      peer.chainBytes = 0;
    }
    return true;
  }
}
