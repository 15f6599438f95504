package org.peal.bus.zmq;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peal.endpoint.Endpoint;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** Binds sockets and finds out why that failed, which JeroMQ does not tell. Stateless. */
final class Binder {

  private Binder() {}

  /**
   * Returns the addresses to bind for {@code host}, the preferred one first: a name means its first
   * IPv4 address, {@code *} every interface of both families where there are both.
   */
  static List<String> candidates(String host, HostResolver resolver) {
    if (host.equals("*")) {
      return List.of("::", "0.0.0.0");
    }
    if (Resolver.isLiteral(host)) {
      return List.of(host);
    }
    try {
      List<InetAddress> found = resolver.resolve(host);
      return List.of(
          found.stream()
              .filter(Inet4Address.class::isInstance)
              .findFirst()
              .orElse(found.get(0))
              .getHostAddress());
    } catch (UnknownHostException e) {
      throw new ZmqException(
          ZmqException.Kind.UNKNOWN_HOST, "cannot resolve the host to bind: " + host, e);
    }
  }

  /** Binds {@code socket} to the first of {@code hosts} that works, and returns what it is. */
  static BoundAddress bind(ZMQ.Socket socket, List<String> hosts, Endpoint wanted) {
    for (String host : hosts) {
      if (tryBind(socket, new Endpoint(host, wanted.port()).toString())) {
        return BoundAddress.of(host, Endpoint.parse(socket.getLastEndpoint()).port());
      }
    }
    throw reason(hosts.get(0), wanted);
  }

  private static boolean tryBind(ZMQ.Socket socket, String address) {
    try {
      return socket.base().bind(address);
    } catch (ZMQException | zmq.ZError.IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static ZmqException reason(String host, Endpoint wanted) {
    try (ServerSocketChannel probe = ServerSocketChannel.open()) {
      probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      probe.bind(new InetSocketAddress(host, wanted.port()));
      return failure(ZmqException.Kind.ADDRESS_IN_USE, wanted, null);
    } catch (BindException e) {
      return failure(kind(String.valueOf(e.getMessage())), wanted, e);
    } catch (IOException | RuntimeException e) {
      return failure(ZmqException.Kind.NOT_AVAILABLE, wanted, e);
    }
  }

  private static ZmqException.Kind kind(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (text.contains("in use")) {
      return ZmqException.Kind.ADDRESS_IN_USE;
    }
    return text.contains("denied") || text.contains("permitted")
        ? ZmqException.Kind.NOT_PERMITTED
        : ZmqException.Kind.NOT_AVAILABLE;
  }

  private static ZmqException failure(
      ZmqException.Kind kind, Endpoint wanted, @Nullable Throwable cause) {
    String why =
        switch (kind) {
          case ADDRESS_IN_USE -> "the address is in use";
          case NOT_PERMITTED -> "permission denied";
          default -> "this machine has no such address";
        };
    return new ZmqException(kind, "cannot listen on " + wanted + ": " + why, cause);
  }
}
