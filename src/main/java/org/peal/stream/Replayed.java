package org.peal.stream;

import java.util.OptionalLong;
import org.peal.bus.Delivery;

/**
 * A message that came from a publisher's log. Immutable.
 *
 * @param sequenceId its place in the log, by its own words; empty if it has none
 * @param isAuthentic whether the sequence id is covered by the signature; false if nobody verified,
 *     if only the body is signed, or if the publisher added the id after signing
 */
public record Replayed(Delivery delivery, OptionalLong sequenceId, boolean isAuthentic) {}
