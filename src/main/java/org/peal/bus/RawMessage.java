package org.peal.bus;

import java.time.Instant;

/**
 * A message as it came off the wire. Nobody may change its bytes.
 *
 * @param topic the topic frame
 * @param payload the second frame
 * @param receivedAt when the transport handed it over
 */
public record RawMessage(Origin origin, byte[] topic, byte[] payload, Instant receivedAt) {}
