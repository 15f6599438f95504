package org.peal.node;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import org.peal.config.Doc;
import org.peal.endpoint.Endpoint;

/** The {@code relay} section: where short-lived publishers connect to. Immutable. */
@Doc("The stable address that short-lived publishers send to.")
public record RelayConfig(
    @Doc("Addresses to receive messages on; publishers connect to the first.") List<Endpoint> in,
    @Doc("Addresses to publish them on again.") List<Endpoint> out) {

  public RelayConfig {
    in = List.copyOf(requireNonNullElse(in, List.of(new Endpoint("127.0.0.1", 2001))));
    out = List.copyOf(requireNonNullElse(out, List.of(new Endpoint("127.0.0.1", 4001))));
    if (in.isEmpty() || out.isEmpty()) {
      throw new IllegalArgumentException("in and out must each have at least one address");
    }
  }
}
