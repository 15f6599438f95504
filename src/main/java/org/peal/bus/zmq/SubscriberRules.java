package org.peal.bus.zmq;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what messages may cost a receiving socket.
 *
 * <p>JeroMQ limits each frame, but gathers all frames of a message before anybody sees the first
 * one, so a message without an end would fill the heap. Its high-water mark counts messages, so a
 * thousand large ones of a few peers could, too, while the sink is full.
 */
final class SubscriberRules implements PeerRules {
  /** Frames that one message may have before its peer is thrown out; good ones have two. */
  static final int MAX_FRAMES = 1024;

  private final long maxMessageBytes;
  private final long maxQueuedBytes;
  private final AtomicLong queued = new AtomicLong();

  /**
   * Makes the rules of one socket.
   *
   * @param maxQueuedBytes complete messages that may wait for the loop; whoever sends more is
   *     thrown out
   */
  SubscriberRules(int maxFrame, long maxQueuedBytes) {
    this.maxMessageBytes = 2L * maxFrame;
    this.maxQueuedBytes = maxQueuedBytes;
  }

  /** Returns the bound for this process: a quarter of the heap. */
  static long quarterOfHeap() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  @Override
  public boolean accepts(Peer peer, InboundMsg frame) {
    if (frame.hasMore()) {
      peer.chainFrames++;
      peer.chainBytes += frame.size();
      return peer.chainFrames <= MAX_FRAMES && peer.chainBytes <= maxMessageBytes;
    }
    long waiting = queued.addAndGet(peer.chainBytes + frame.size());
    peer.chainFrames = 0;
    peer.chainBytes = 0;
    return waiting <= maxQueuedBytes;
  }

  @Override
  public void taken(int size) {
    queued.addAndGet(-size);
  }
}
