package org.peal.bus.zmq;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * An address of this machine that a socket listens on. Immutable.
 *
 * @param host the address, or the wildcard for every interface
 * @param port 1 to 65535
 */
record BoundAddress(InetAddress host, int port) {

  /** Returns the address that is written in digits as {@code literal}. */
  static BoundAddress of(String literal, int port) {
    try {
      return new BoundAddress(InetAddress.getByName(literal), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address in digits: " + literal, e);
    }
  }

  /** Returns whether who connects from here to {@code target} ends up at this address. */
  boolean isReachedBy(InetAddress target, int targetPort) {
    if (port != targetPort) {
      return false;
    }
    if (host.isAnyLocalAddress()) {
      return isOfThisMachine(target);
    }
    return host.equals(target) || (host.isLoopbackAddress() && target.isAnyLocalAddress());
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
