package org.peal.node;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;
import org.peal.endpoint.Endpoint;

/** The {@code publisher} section: what a node accepts. Immutable; null means not set. */
@Doc(
    "The part `publisher` of a node: takes drafts from `node.submit`, numbers, signs and stores"
        + " them, and only then publishes them.")
public record PublisherConfig(
    @Doc("Where subscribers connect to. Endpoint files name it as this node's address.")
        List<Endpoint> out,
    @Doc(
            "Whether messages are stored before they are sent. `false`: they have no sequence ids"
                + " and nothing can be replayed.")
        Boolean store,
    @Doc("The most messages between their acceptance and their commit.") Integer inFlight,
    @Doc(
            "How many bytes these messages take, about, when no more are let in: their text, and 4"
                + " KiB each for what signing adds.")
        Long inFlightBytes,
    @Doc(
            "What happens to one more: `wait` for room, `fail` with an error that says to try"
                + " again, or `drop` it and count it.")
        WhenFull whenFull,
    @Doc("How long `when-full: wait` waits.") Duration patience,
    @Doc(
            "Prefixes of `crypto.certnames` that drafts may ask to be signed with. When not set:"
                + " all for which there is a key pair.")
        @Nullable List<String> certPrefixes) {

  private static final long IN_FLIGHT_BYTES = 32 << 20;

  public PublisherConfig {
    out = List.copyOf(requireNonNullElse(out, List.of(new Endpoint("127.0.0.1", 3000))));
    store = requireNonNullElse(store, true);
    inFlight = requireNonNullElse(inFlight, 4000);
    inFlightBytes = requireNonNullElse(inFlightBytes, IN_FLIGHT_BYTES);
    whenFull = requireNonNullElse(whenFull, WhenFull.WAIT);
    patience = requireNonNullElse(patience, Duration.ofSeconds(30));
    certPrefixes = certPrefixes == null ? null : List.copyOf(certPrefixes);
    if (out.isEmpty()) {
      throw new IllegalArgumentException("out must name at least one address");
    }
    if (inFlight < 1 || inFlight > 1_000_000) {
      throw new IllegalArgumentException("in-flight must be from 1 to 1000000: " + inFlight);
    }
    if (inFlightBytes < 1) {
      throw new IllegalArgumentException("in-flight-bytes must be at least 1: " + inFlightBytes);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be positive: " + patience);
    }
  }
}
