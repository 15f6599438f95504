package org.peal.bus.zmq;

import java.time.Instant;
import java.util.Optional;
import org.peal.bus.Origin;

/**
 * How a subscription fares. Immutable.
 *
 * @param origin the name and the address that was asked for
 * @param address the literal address in use or bound; empty while there is none
 * @param connected whether a peer has finished the handshake; for a bound one, whether it listens
 * @param isElsewhere whether it rests because another subscription is connected to its publisher
 * @param problem why there is no connection, if attempts have failed; else empty
 * @param since when {@code connected} last changed
 * @param lastMessageAt when the last good message came
 * @param messages good messages handed to the sink
 * @param wrongFrameCount messages that had not exactly two frames
 * @param unmatched messages whose topic was not subscribed to
 * @param pauses how often the sink was full
 * @param peers the connections
 */
public record SubscriptionStatus(
    Origin origin,
    String address,
    boolean connected,
    boolean isElsewhere,
    String problem,
    Instant since,
    Optional<Instant> lastMessageAt,
    long messages,
    long wrongFrameCount,
    long unmatched,
    long pauses,
    PeerCounters peers) {}
