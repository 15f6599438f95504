package org.peal.bus.zmq;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what peers may send to a publishing socket: subscriptions, and not too many of them.
 *
 * <p>A subscription costs about a hundred times its length in JeroMQ's trie, and everything else
 * waits in a list without a bound, so the limits hold before a frame gets there.
 */
final class PublisherRules implements PeerRules {
  /** Largest inbound frame; topics are shorter. */
  static final int MAX_FRAME = 512;

  /** Frames that are no subscription, after which a peer must go. */
  static final int MAX_HOSTILE = 16;

  /** Inbound frames in the life of one connection, after which it must be made anew. */
  static final int MAX_FRAMES = 20_000;

  private final long maxBytes;
  private final AtomicLong hostile;
  private long bytes;

  /**
   * Makes the rules of one socket.
   *
   * @param hostile counts the frames that are no subscription
   */
  PublisherRules(long maxBytes, AtomicLong hostile) {
    this.maxBytes = maxBytes;
    this.hostile = hostile;
  }

  @Override
  public boolean accepts(Peer peer, InboundMsg frame) {
    peer.inboundFrames++;
    int size = frame.size();
    int first = size == 0 || frame.hasMore() ? -1 : frame.get(0);
    if (first == 1) {
      change(peer, () -> peer.prefixes.add(prefix(frame)));
    } else if (first == 0) {
      change(peer, () -> peer.prefixes.remove(prefix(frame)));
    } else {
      hostile.incrementAndGet();
      peer.hostileFrames++;
    }
    return peer.hostileFrames <= MAX_HOSTILE
        && peer.inboundFrames <= MAX_FRAMES
        && bytes <= maxBytes
        && peer.prefixes.bytes() <= Math.max(maxBytes / 4, MAX_FRAME);
  }

  @Override
  public void left(Peer peer) {
    change(peer, peer.prefixes::clear);
  }

  private void change(Peer peer, Runnable change) {
    bytes -= peer.prefixes.bytes();
    change.run();
    bytes += peer.prefixes.bytes();
  }

  private static byte[] prefix(InboundMsg frame) {
    byte[] data = frame.data();
    return Arrays.copyOfRange(data, 1, data.length);
  }
}
