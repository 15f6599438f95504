package org.peal.node;

import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;
import org.peal.endpoint.Endpoint;

/** The {@code status} section: where a node is asked how it fares. Immutable. */
@Doc("Where a node tells how it fares: `peal status`, `/metrics`, `/livez`, `/readyz`, `/version`.")
public record StatusConfig(
    @Doc(
            "`HOST:PORT` to listen on with HTTP, or `none`. There is no password, so keep it on the"
                + " host or behind a firewall. When not set: `127.0.0.1:9941`; if that is in use,"
                + " the node runs without and says so.")
        @Nullable String address) {

  /** The address when nothing is said. */
  public static final String USUAL = "127.0.0.1:9941";

  private static final String NONE = "none";

  public StatusConfig {
    if (address != null && !address.equals(NONE)) {
      parse(address);
    }
  }

  /** Tells whether a node is to listen at all. */
  public boolean isOn() {
    return !NONE.equals(address);
  }

  /** Returns the address; only if {@link #isOn}. */
  public Endpoint where() {
    return parse(address == null ? USUAL : address);
  }

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException naming the text and what would be right
   */
  public static Endpoint parse(String text) {
    try {
      return Endpoint.parse("tcp://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "address must look like " + USUAL + ", or be none: \"" + text + "\"", e);
    }
  }
}
