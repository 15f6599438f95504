package org.peal.endpoint;

import org.peal.config.Doc;

/**
 * The address of a name server. Immutable.
 *
 * @param host an IPv4 address, or an IPv6 address without brackets; never a name
 * @param port 1 to 65535
 */
@Doc("address of a name server (`192.0.2.1:53`, `[2001:db8::1]:53`)")
public record DnsServer(String host, int port) {

  /**
   * Reads {@code ADDRESS:PORT}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException naming the text and what would be right
   */
  public static DnsServer parse(String text) {
    Endpoint address;
    try {
      address = Endpoint.parse("tcp://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "name server must look like 192.0.2.1:53 or [2001:db8::1]:53: \"" + text + "\"", e);
    }
    if (!address.isLiteral() || address.port() == 0) {
      throw new IllegalArgumentException(
          "name server must be an address and a port, not a name: \"" + text + "\"");
    }
    return new DnsServer(address.host(), address.port());
  }

  /** Returns what {@link #parse} reads. */
  @Override
  public String toString() {
    return new Endpoint(host, port).toString().substring("tcp://".length());
  }
}
