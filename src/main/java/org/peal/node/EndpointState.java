package org.peal.node;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.peal.crypto.Reason;
import org.peal.endpoint.KnownEndpoint;

/**
 * How one known publisher is reached, at one moment. Immutable.
 *
 * @param known its name and address, and who lists it
 * @param inUse the literal address of the connection or of the attempt under way; empty if none
 * @param problem why it is not connected; empty if it is
 * @param lastMessageAt when its last message came
 * @param silentSince that, or when watching began if none came
 * @param messages messages of two frames that came
 * @param refused of those, messages that are not valid, by the reason of their verdict
 * @param misshapen messages of another shape
 */
public record EndpointState(
    KnownEndpoint known,
    State state,
    String inUse,
    String problem,
    Optional<Instant> lastMessageAt,
    Instant silentSince,
    long messages,
    Map<Reason, Long> refused,
    long misshapen) {

  /** Whether a publisher is connected to. */
  public enum State {
    /** The handshake is done. */
    CONNECTED,
    /** The same publisher is connected to under another name or address. */
    SHARED,
    /** There is no connection. */
    UNREACHABLE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public EndpointState {
    refused = Map.copyOf(refused);
  }

  /** Returns how many messages are not valid, for all reasons together. */
  public long allRefused() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
