package org.peal.bus.zmq;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses. May block; called by several threads. */
@FunctionalInterface
public interface HostResolver {

  /**
   * Returns every address of {@code host} in the order in which to try them, at least one.
   *
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** Returns the resolver of the system. */
  static HostResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
