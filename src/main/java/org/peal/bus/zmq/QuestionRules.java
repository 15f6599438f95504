package org.peal.bus.zmq;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds what questions may cost before the loop has seen them. */
final class QuestionRules implements PeerRules {
  /** Frames of one question: an envelope that passed through some proxies, and the question. */
  static final int MAX_FRAMES = 8;

  private final int maxBytes;
  private final long maxQueued;
  private final AtomicLong queued = new AtomicLong();

  QuestionRules(int maxBytes, long maxQueued) {
    this.maxBytes = maxBytes;
    this.maxQueued = maxQueued;
  }

  @Override
  public boolean accepts(Peer peer, InboundMsg frame) {
    peer.chainFrames++;
    peer.chainBytes += frame.size();
    boolean good = peer.chainFrames <= MAX_FRAMES && peer.chainBytes <= maxBytes;
    if (!frame.hasMore()) {
      good &= queued.addAndGet(peer.chainBytes) <= maxQueued;
      peer.chainFrames = 0;
      peer.chainBytes = 0;
    }
    return good;
  }

  @Override
  public void taken(int size) {
    queued.addAndGet(-size);
  }
}
