package org.peal.bus.zmq;

/**
 * How a publication fares. Immutable.
 *
 * @param address the literal address in use or bound; empty while there is none
 * @param connected whether it listens, or the relay has finished the handshake
 * @param queued messages that wait here
 * @param sent messages given to ZeroMQ
 * @param unheard of those, messages that no peer had subscribed to
 * @param dropped copies that were not sent to a reader that did not keep up
 * @param lost messages that were given to a link that broke before they reached the kernel
 * @param hostileFrames inbound frames that are no subscription
 * @param peers the connections
 */
public record PublicationStatus(
    String address,
    boolean connected,
    int queued,
    long sent,
    long unheard,
    long dropped,
    long lost,
    long hostileFrames,
    PeerCounters peers) {}
