package org.peal.bus.zmq;

/**
 * Bounds what one message may cost a receiving socket. JeroMQ limits each frame but gathers all
 * frames of a message before anybody sees the first one, so a message without an end would fill the
 * heap.
 */
final class SubscriberRules implements PeerRules {
  /** Frames that one message may have before its peer is thrown out; good ones have two. */
  static final int MAX_FRAMES = 1024;

  private final long maxBytes;

  SubscriberRules(int maxFrame) {
    this.maxBytes = 2L * maxFrame;
  }

  @Override
  public boolean accepts(Peer peer, InboundMsg frame) {
    if (!frame.hasMore()) {
      peer.chainFrames = 0;
      peer.chainBytes = 0;
      return true;
    }
    peer.chainFrames++;
    peer.chainBytes += frame.size();
    return peer.chainFrames <= MAX_FRAMES && peer.chainBytes <= maxBytes;
  }
}
