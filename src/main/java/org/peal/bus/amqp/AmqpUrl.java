package org.peal.bus.amqp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peal.config.Doc;

/**
 * Where a broker is and as whom to log in, read by the rules of fedora-messaging rather than those
 * of any client library. Immutable; its text form hides the password.
 *
 * @param tls whether the connection is encrypted
 * @param port from 1 to 65535
 * @param password may be empty, as Fedora's public one is
 * @param virtualHost the part of the broker; {@code /} when nothing is said
 * @param query the settings behind the question mark, of which {@code heartbeat}, {@code
 *     channel_max} and {@code frame_max} count
 */
@Doc("`amqp://` or `amqps://` address")
public record AmqpUrl(
    boolean tls,
    String host,
    int port,
    String user,
    String password,
    String virtualHost,
    Map<String, String> query) {

  private static final Pattern FORM =
      Pattern.compile(
          "(amqps?)://(?:([^@/?#]*)@)?(\\[[0-9A-Fa-f:.%]+]|[^:@/?#\\[\\]]*)(?::(\\d{1,5}))?"
              + "(?:/([^?#]*))?(?:\\?([^#]*))?");
  private static final Set<String> KEYS =
      Set.of(
          "blocked_connection_timeout",
          "channel_max",
          "client_properties",
          "connection_attempts",
          "frame_max",
          "heartbeat",
          "locale",
          "retry_delay",
          "socket_timeout",
          "stack_timeout",
          "ssl_options",
          "tcp_options");
  private static final Set<String> NUMBERS = Set.of("channel_max", "frame_max", "heartbeat");
  private static final int PLAIN_PORT = 5672;
  private static final int TLS_PORT = 5671;

  public AmqpUrl {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 1 to 65535: " + port);
    }
    query = Map.copyOf(query);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming what is wrong, never the password
   */
  public static AmqpUrl parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be amqp://USER:PASSWORD@HOST:PORT/VIRTUAL-HOST or the same with amqps");
    }
    boolean tls = parts.group(1).equals("amqps");
    String[] login = Optional.ofNullable(parts.group(2)).orElse("").split(":", 2);
    String host = parts.group(3).replaceAll("[\\[\\]]", "");
    int port =
        parts.group(4) == null ? (tls ? TLS_PORT : PLAIN_PORT) : Integer.parseInt(parts.group(4));
    boolean anonymous = parts.group(2) == null || parts.group(2).isEmpty();
    return new AmqpUrl(
        tls,
        host.isEmpty() ? "localhost" : host,
        port,
        anonymous ? "guest" : decoded(login[0]),
        anonymous ? "guest" : login.length < 2 ? "" : decoded(login[1]),
        virtualHost(Optional.ofNullable(parts.group(5)).orElse("")),
        query(Optional.ofNullable(parts.group(6)).orElse("")));
  }

  /** What follows a second slash is not looked at, and no name at all means the root. */
  private static String virtualHost(String path) {
    String first = decoded(path.split("/", 2)[0]);
    return first.isEmpty() ? "/" : first;
  }

  private static Map<String, String> query(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      if (!KEYS.contains(parts[0])) {
        throw new IllegalArgumentException("unknown setting in the address: " + parts[0]);
      }
      String value = parts.length < 2 ? "" : decoded(parts[1]);
      if (NUMBERS.contains(parts[0]) && !value.matches("\\d{1,9}")) {
        throw new IllegalArgumentException(
            parts[0] + " in the address must be a whole number: " + value);
      }
      settings.put(parts[0], value);
    }
    return settings;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a percent sign in the address is not followed by two" + " hexadecimal digits");
    }
  }

  /** Returns one of the numbers behind the question mark. */
  Optional<Integer> number(String key) {
    return Optional.ofNullable(query.get(key)).map(Integer::valueOf);
  }

  /** Returns host and port, for people. */
  public String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** Returns the address with neither password nor query. */
  @Override
  public String toString() {
    String path = virtualHost.equals("/") ? "/" : "/" + virtualHost.replace("/", "%2F");
    return (tls ? "amqps://" : "amqp://") + user + ":***@" + address() + path;
  }
}
