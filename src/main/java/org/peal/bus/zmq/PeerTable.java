package org.peal.bus.zmq;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zmq.Msg;
import zmq.ZMQ;
import zmq.msg.MsgAllocator;

/**
 * The connections of one ZeroMQ socket, seen from JeroMQ's I/O thread.
 *
 * <p>It is the socket's event hook and its allocator of inbound frames, so it sees connections come
 * and go and each frame before the loop does. It counts, notes signs of life, and ends connections
 * that break its {@link PeerRules}. Peers older than ZMTP 3.0 carry no name on their frames: they
 * share one account and, if that is overdrawn, go together.
 *
 * <p>Changed by the I/O thread only, but for {@link #dismiss}; what others read is volatile or
 * atomic.
 */
final class PeerTable implements MsgAllocator, ZMQ.EventConsummer {
  static final int EVENTS =
      ZMQ.ZMQ_EVENT_ACCEPTED
          | ZMQ.ZMQ_EVENT_ACCEPT_FAILED
          | ZMQ.ZMQ_EVENT_CONNECTED
          | ZMQ.ZMQ_EVENT_DISCONNECTED
          | ZMQ.ZMQ_EVENT_CLOSED
          | ZMQ.ZMQ_EVENT_CONNECT_RETRIED
          | ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL;

  /** Length of what a ping carries and its answer brings back: the longest that ZMTP allows. */
  static final int PING_CONTEXT = 16;

  private static final int PONG_SIZE = 5 + PING_CONTEXT;
  private static final int ZMTP_3 = 3;

  /** Frames from this size on count as announced until they are complete. */
  private static final int LARGE_FRAME = 8192;

  private static final long MAX_ANNOUNCED = 64L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(PeerTable.class);

  private final PeerRules rules;
  private final PeerTally tally;
  private final int maxPeers;
  private final Runnable changed;
  private final Map<SocketChannel, Peer> peers = new ConcurrentHashMap<>();
  private final Map<String, Peer> byAddress = new ConcurrentHashMap<>();
  private final Peer nameless = new Peer(null, 0);
  private long announced;
  private long order;
  private int epoch;
  private volatile boolean connected;
  private volatile boolean up;
  private volatile boolean failed;
  private volatile boolean settled;
  private volatile boolean ponged;
  private volatile long lastFrameAt;
  private volatile boolean oldProtocol;
  private volatile boolean forgotten;

  /**
   * Makes the table of one socket.
   *
   * @param changed called on the I/O thread when the state of a link may have changed; must be
   *     cheap
   */
  PeerTable(PeerRules rules, PeerTally tally, int maxPeers, Runnable changed) {
    this.rules = rules;
    this.tally = tally;
    this.maxPeers = maxPeers;
    this.changed = changed;
  }

  /**
   * Returns whether a connecting socket has found a peer that speaks ZMTP, even if that has gone
   * since: what it has said before is to be read.
   */
  boolean wasUp() {
    return up;
  }

  /** Returns whether a connecting socket has failed to connect or lost its connection. */
  boolean isFailed() {
    return failed;
  }

  /** Returns whether TCP is connected, though the peer may not have said anything yet. */
  boolean isConnected() {
    return connected;
  }

  /** Returns whether everything that a lost connection brought is in the pipe by now. */
  boolean isSettled() {
    return settled;
  }

  /** Returns whether the peer has ever answered a ping. */
  boolean hasPonged() {
    return ponged;
  }

  /** Returns whether the peer knows what a ping is; older ones take it for a message. */
  boolean takesPings() {
    return up && !oldProtocol;
  }

  /** Returns the time of the last frame of any kind, by {@link System#nanoTime}. */
  long lastFrameAt() {
    return lastFrameAt;
  }

  /** Returns how many copies of a message on {@code topic} should go out. */
  int readersOf(byte[] topic) {
    int readers = 0;
    for (Peer peer : peers.values()) {
      readers += peer.prefixes.matching(topic) > 0 ? 1 : 0;
    }
    return readers + nameless.prefixes.matching(topic);
  }

  @Override
  public Msg allocate(int size) {
    lastFrameAt = System.nanoTime();
    if (!up && !oldProtocol) {
      up = true;
      changed.run();
    }
    if (size >= LARGE_FRAME) {
      announced += size;
      if (announced > MAX_ANNOUNCED && announced > 4L * size) {
        kickAll();
      }
    }
    return new InboundMsg(this, size, epoch);
  }

  void command(InboundMsg frame) {
    complete(frame);
    if (frame.size() == PONG_SIZE) {
      ponged = true;
    }
  }

  void frame(InboundMsg frame, @Nullable String address) {
    complete(frame);
    Peer peer = address == null ? nameless : byAddress.getOrDefault(address, nameless);
    peer.named = true;
    if (frame.isMalformed() || !rules.accepts(peer, frame)) {
      kick(peer, "sent what no peer may send");
    }
  }

  /** Notes that the loop has taken a frame of {@code size} bytes. */
  void taken(int size) {
    rules.taken(size);
  }

  /** Returns whether a connection from {@code address} is open. */
  boolean has(String address) {
    return byAddress.containsKey(address);
  }

  /** Ends the connection from {@code address}, if there is one; for any thread. */
  void dismiss(String address, String why) {
    Peer peer = byAddress.get(address);
    if (peer != null) {
      kickOne(peer, why);
    }
  }

  private void complete(InboundMsg frame) {
    if (frame.size() >= LARGE_FRAME && frame.epoch() == epoch) {
      announced -= frame.size();
    }
  }

  /**
   * Starts afresh when too much has been announced and not sent. JeroMQ takes the memory when a
   * frame is announced, and nothing tells then by whom.
   */
  private void kickAll() {
    epoch++;
    announced = 0;
    for (Peer peer : peers.values()) {
      kickOne(peer, "all peers go, because large frames were announced and not sent");
    }
  }

  @Override
  public void consume(ZMQ.Event event) {
    if (event.arg instanceof SocketChannel channel) {
      connection(event.event, channel);
    } else if (event.event == ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL) {
      handshaken((Integer) event.arg);
    } else if (event.event == ZMQ.ZMQ_EVENT_ACCEPT_FAILED) {
      tally.acceptFailed();
    }
    if (event.event == ZMQ.ZMQ_EVENT_CONNECT_RETRIED) {
      settled = true;
      fail();
    }
  }

  /** Forgets all connections, because the socket is being closed. */
  void forget() {
    forgotten = true;
    for (SocketChannel channel : List.copyOf(peers.keySet())) {
      if (peers.remove(channel) != null) {
        tally.closed();
      }
    }
    byAddress.clear();
  }

  private void connection(int event, SocketChannel channel) {
    switch (event) {
      case ZMQ.ZMQ_EVENT_ACCEPTED, ZMQ.ZMQ_EVENT_CONNECTED -> opened(channel);
      case ZMQ.ZMQ_EVENT_DISCONNECTED -> {
        closed(channel);
        fail();
      }
      case ZMQ.ZMQ_EVENT_CLOSED -> fail();
      default -> {}
    }
  }

  private void opened(SocketChannel channel) {
    if (forgotten) {
      return;
    }
    if (peers.size() >= maxPeers) {
      evict();
    }
    Peer peer = new Peer(channel, order++);
    peers.put(channel, peer);
    byAddress.put(address(channel), peer);
    tally.opened();
    connected = true;
    changed.run();
  }

  private void closed(SocketChannel channel) {
    Peer peer = peers.remove(channel);
    if (peer != null) {
      byAddress.values().remove(peer);
      rules.left(peer);
      tally.closed();
    }
    if (peers.isEmpty()) {
      epoch++;
      announced = 0;
      rules.left(nameless);
      nameless.kicked = false;
    }
  }

  private void handshaken(int version) {
    tally.handshaken();
    if (version < ZMTP_3) {
      oldProtocol = true;
      up = true;
      changed.run();
    }
  }

  private void fail() {
    failed = true;
    changed.run();
  }

  /** Makes room: of those that never sent anything the oldest goes, else the oldest of all. */
  private void evict() {
    peers.values().stream()
        .filter(peer -> !peer.kicked)
        .min(Comparator.comparing((Peer peer) -> peer.named).thenComparing(peer -> peer.order))
        .ifPresent(peer -> kickOne(peer, "too many connections"));
  }

  private void kick(Peer peer, String why) {
    if (peer != nameless) {
      kickOne(peer, why);
      return;
    }
    rules.left(nameless);
    nameless.chainFrames = 0;
    nameless.chainBytes = 0;
    nameless.inboundFrames = 0;
    nameless.hostileFrames = 0;
    for (Peer each : peers.values()) {
      if (!each.named) {
        kickOne(each, why);
      }
    }
  }

  private void kickOne(Peer peer, String why) {
    if (!peer.kicked) {
      peer.kick();
      long count = tally.kicked();
      if (Long.bitCount(count) == 1) {
        LOG.warn("dropped a peer: {} ({} so far)", why, count);
      }
    }
  }

  private static String address(SocketChannel channel) {
    try {
      InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
      return remote == null ? "" : remote.getAddress().getHostAddress() + ":" + remote.getPort();
    } catch (IOException e) {
      return "";
    }
  }
}
