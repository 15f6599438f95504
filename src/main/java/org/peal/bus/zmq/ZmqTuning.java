package org.peal.bus.zmq;

import java.time.Duration;

/**
 * The bounds that no user has a reason to change. Immutable; tests shorten them.
 *
 * @param heartbeat how often a connecting subscription pings its peer
 * @param deadAfter silence after which a peer that once answered a ping is given up, also if that
 *     was on an earlier connection
 * @param connectLimit how long one address may take until the handshake is done
 * @param retryFirst the first pause between two rounds over all addresses
 * @param retryMost the longest such pause
 * @param maxPeers connections that one bound socket keeps
 * @param maxSubscriptionBytes bytes of live subscriptions that all peers of one publishing socket
 *     may hold together
 */
record ZmqTuning(
    Duration heartbeat,
    Duration deadAfter,
    Duration connectLimit,
    Duration retryFirst,
    Duration retryMost,
    int maxPeers,
    long maxSubscriptionBytes) {

  static final ZmqTuning DEFAULT =
      new ZmqTuning(
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          4096,
          1 << 20);

  ZmqTuning withHeartbeat(Duration interval, Duration dead) {
    return new ZmqTuning(
        interval, dead, connectLimit, retryFirst, retryMost, maxPeers, maxSubscriptionBytes);
  }

  ZmqTuning withConnectLimit(Duration limit) {
    return new ZmqTuning(
        heartbeat, deadAfter, limit, retryFirst, retryMost, maxPeers, maxSubscriptionBytes);
  }

  ZmqTuning withMaxPeers(int peers) {
    return new ZmqTuning(
        heartbeat, deadAfter, connectLimit, retryFirst, retryMost, peers, maxSubscriptionBytes);
  }

  ZmqTuning withMaxSubscriptionBytes(long bytes) {
    return new ZmqTuning(
        heartbeat, deadAfter, connectLimit, retryFirst, retryMost, maxPeers, bytes);
  }
}
