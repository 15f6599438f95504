package org.peal.node;

import java.util.List;
import java.util.Map;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointMap;

/**
 * How many sockets a node makes room for: that is settled when it starts, and endpoints come later
 * as well, with a reload or by themselves. Stateless.
 */
final class SocketRoom {

  /** Parts that connect to every publisher: gateway, bridge, handlers. */
  private static final int FOLLOWERS = 3;

  /** Endpoints for which there is room in any case. */
  private static final int LEAST = 500;

  /** How many times as many endpoints as there are fit. */
  private static final int GROWTH = 2;

  /** What a node listens on, and the replay servers that it asks at one time. */
  private static final int OTHERS = 100;

  private SocketRoom() {}

  /** Returns the number of sockets for the publishers that are known at the start. */
  static int beside(EndpointMap known) {
    int endpoints = Math.max(LEAST, addresses(known.subscribable()));
    return OTHERS + addresses(known.replay()) + FOLLOWERS * GROWTH * endpoints;
  }

  private static int addresses(Map<String, List<Endpoint>> byName) {
    return byName.values().stream().mapToInt(List::size).sum();
  }
}
