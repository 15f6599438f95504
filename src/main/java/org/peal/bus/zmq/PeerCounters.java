package org.peal.bus.zmq;

/**
 * What happened to the connections of a socket so far. Immutable.
 *
 * @param open connections now
 * @param opened connections accepted or made
 * @param handshaken connections whose peer spoke ZMTP
 * @param closed connections that ended, for whatever reason
 * @param kicked connections that we ended because of what the peer sent or because there were too
 *     many
 * @param acceptFailures connections that could not be accepted
 */
public record PeerCounters(
    int open, long opened, long handshaken, long closed, long kicked, long acceptFailures) {}
