package org.peal.node;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import org.peal.config.Doc;
import org.peal.endpoint.Endpoint;

/** The {@code signing-relay} section: where unsigned messages get a signature. Immutable. */
@Doc(
    "A relay that signs what comes unsigned, with the key pair that `crypto.certnames` has for"
        + " `signing_relay`. It vouches for whoever reaches it: keep it on loopback.")
public record SigningRelayConfig(
    @Doc("Addresses to receive messages on.") List<Endpoint> in,
    @Doc("Addresses to publish them on, signed.") List<Endpoint> out) {

  public SigningRelayConfig {
    in = List.copyOf(requireNonNullElse(in, List.of(new Endpoint("127.0.0.1", 2011))));
    out = List.copyOf(requireNonNullElse(out, List.of(new Endpoint("127.0.0.1", 4011))));
    if (in.isEmpty() || out.isEmpty()) {
      throw new IllegalArgumentException("in and out must each have at least one address");
    }
  }
}
