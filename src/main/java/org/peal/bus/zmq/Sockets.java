package org.peal.bus.zmq;

import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/** Opens sockets with every limit set before anything is bound or connected. Loop thread only. */
final class Sockets {
  /** Longer than any link lives without us noticing: we reconnect, JeroMQ never does. */
  private static final int NEVER_MILLIS = 3_600_000;

  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int BACKLOG = 511;

  private final ZMQ.Context context;
  private final ZmqConfig config;

  Sockets(ZMQ.Context context, ZmqConfig config) {
    this.context = context;
    this.config = config;
  }

  /**
   * Opens a receiving socket.
   *
   * <p>An XSUB, because a SUB filters inside JeroMQ in a loop that a peer which ignores our
   * subscription can keep busy for ever. It does not ping: see {@link Heartbeat}.
   */
  ZMQ.Socket subscriber(PeerTable peers) {
    ZMQ.Socket socket = open(SocketType.XSUB, peers, config.frameLimit());
    socket.setRcvHWM(config.mark());
    socket.setSndHWM(1000);
    socket.setLinger(0);
    return socket;
  }

  /** Opens a publishing socket, which never pings: an old SUB would take that for a message. */
  ZMQ.Socket publisher(PeerTable peers, int highWaterMark) {
    ZMQ.Socket socket = open(SocketType.XPUB, peers, PublisherRules.MAX_FRAME);
    socket.setSndHWM(highWaterMark);
    socket.setRcvHWM(1000);
    socket.setLinger(config.lingerMillis());
    socket.setXpubVerbose(true);
    socket.setXpubNoDrop(true);
    return socket;
  }

  /** Opens a socket that answers many REQ sockets. */
  ZMQ.Socket responder(PeerTable peers, long maxFrame) {
    ZMQ.Socket socket = open(SocketType.ROUTER, peers, maxFrame);
    socket.setRcvHWM(8);
    socket.setSndHWM(8);
    socket.setLinger(config.lingerMillis());
    // Otherwise what cannot be sent would be dropped in silence.
    socket.setRouterMandatory(true);
    return socket;
  }

  /** Opens a socket that asks one REP socket. It never pings, for the other may be old. */
  ZMQ.Socket requester(PeerTable peers) {
    ZMQ.Socket socket = open(SocketType.DEALER, peers, config.frameLimit());
    socket.setRcvHWM(8);
    socket.setSndHWM(8);
    socket.setLinger(0);
    return socket;
  }

  /** Makes the I/O thread go through all its connections, by opening and closing a listener. */
  void nudge() {
    ZMQ.Socket socket = context.socket(SocketType.PAIR);
    socket.setLinger(0);
    socket.base().bind("tcp://127.0.0.1:0");
    socket.close();
  }

  private ZMQ.Socket create(SocketType type) {
    try {
      return context.socket(type);
    } catch (ZMQException e) {
      if (e.getErrorCode() != ZError.EMFILE) {
        throw e;
      }
      throw new ZmqException(
          ZmqException.Kind.NO_SOCKET_LEFT,
          "no socket is left of %d, room for which was made at the start; a restart makes more"
              .formatted(context.getMaxSockets()),
          e);
    }
  }

  private ZMQ.Socket open(SocketType type, PeerTable peers, long maxFrame) {
    ZMQ.Socket socket = create(type);
    socket.base().setEventHook(peers, PeerTable.EVENTS);
    socket.setMsgAllocator(peers);
    socket.setMaxMsgSize(maxFrame);
    socket.setHandshakeIvl(HANDSHAKE_MILLIS);
    socket.setReconnectIVL(NEVER_MILLIS);
    socket.setIPv6(true);
    socket.setBacklog(BACKLOG);
    socket.setTCPKeepAlive(1);
    socket.setTCPKeepAliveIdle(60);
    socket.setTCPKeepAliveCount(3);
    socket.setTCPKeepAliveInterval(5);
    return socket;
  }
}
