package org.peal.node;

import static java.util.Objects.requireNonNullElse;

import org.peal.config.Doc;
import org.peal.endpoint.Endpoint;

/** The {@code gateway} section: where outside subscribers connect to. Immutable. */
@Doc("The address at which outside subscribers get the whole bus.")
public record GatewayConfig(@Doc("Address to publish on.") Endpoint out) {

  public GatewayConfig {
    out = requireNonNullElse(out, new Endpoint("127.0.0.1", 9940));
  }
}
