package org.peal.bus.zmq;

import java.time.Duration;

/**
 * What a requester puts up with. Immutable.
 *
 * @param maxFrames frames of one answer
 * @param maxBytes bytes of one answer
 * @param maxPending questions that may wait
 * @param connectLimit how long to try to connect for one question
 * @param idle how long a connection without questions is kept
 */
public record RequesterOptions(
    int maxFrames, long maxBytes, int maxPending, Duration connectLimit, Duration idle) {}
