package org.peal.endpoint;

import org.peal.config.Doc;

/**
 * A TCP transport address. Immutable.
 *
 * @param host a name, an IPv4 address, an IPv6 address without brackets, or {@code *} for every
 *     interface; never empty
 * @param port 0 to 65535; 0 asks for any free port and is only good for binding
 */
@Doc("address (`tcp://host:port`)")
public record Endpoint(String host, int port) {

  public Endpoint {
    if (host.isEmpty() || port < 0 || port > 65535) {
      throw new IllegalArgumentException("not an address: " + host + ":" + port);
    }
  }

  /**
   * Reads {@code tcp://host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException naming the text and what would be right
   */
  public static Endpoint parse(String text) {
    String problem = "address must look like tcp://host:port: \"" + text + "\"";
    if (!text.startsWith("tcp://")) {
      throw new IllegalArgumentException(problem);
    }
    String rest = text.substring("tcp://".length());
    int colon = rest.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(problem);
    }
    String host = rest.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("IPv6 address must stand in brackets: \"" + text + "\"");
    }
    String digits = rest.substring(colon + 1);
    if (host.isEmpty()
        || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '[' || c == ']')
        || digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(problem);
    }
    int port = Integer.parseInt(digits);
    if (port > 65535) {
      throw new IllegalArgumentException("port must be at most 65535: \"" + text + "\"");
    }
    return new Endpoint(host, port);
  }

  /** Tells whether the host is an address in digits, not a name. */
  public boolean isLiteral() {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** Returns the address to connect to: {@code *} is this machine. */
  public Endpoint forConnecting() {
    return host.equals("*") ? new Endpoint("127.0.0.1", port) : this;
  }

  /** Returns {@code tcp://host:port}, with brackets round an IPv6 address. */
  @Override
  public String toString() {
    return "tcp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
