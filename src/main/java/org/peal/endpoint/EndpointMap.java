package org.peal.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which publishers there are and where, by endpoint files and DNS. Immutable.
 *
 * @param endpoints service names to the addresses on which they publish, as written
 * @param replay service names to the addresses that answer for what was missed
 * @param domains DNS domains that list further publishers
 */
public record EndpointMap(
    Map<String, List<Endpoint>> endpoints,
    Map<String, List<Endpoint>> replay,
    List<String> domains) {

  /** No publisher at all. */
  public static final EndpointMap EMPTY = new EndpointMap(Map.of(), Map.of(), List.of());

  // Listed by old configurations among the publishers, but it is where a relay receives.
  static final String RELAY_INBOUND = "relay_inbound";

  public EndpointMap {
    endpoints = copy(endpoints);
    replay = copy(replay);
    domains = List.copyOf(domains);
  }

  /** Returns the addresses to subscribe to by service name, each ready for connecting. */
  public Map<String, List<Endpoint>> subscribable() {
    Map<String, List<Endpoint>> result = new LinkedHashMap<>();
    endpoints.forEach(
        (name, addresses) ->
            result.put(name, addresses.stream().map(Endpoint::forConnecting).distinct().toList()));
    result.remove(RELAY_INBOUND);
    return Collections.unmodifiableMap(result);
  }

  /** Returns the service names that are subscribed to and that nobody answers replays for. */
  public Set<String> withoutReplay() {
    Set<String> names = new LinkedHashSet<>(endpoints.keySet());
    names.remove(RELAY_INBOUND);
    names.removeAll(replay.keySet());
    return Collections.unmodifiableSet(names);
  }

  /** Lays a later file over this one: names are merged, a list replaces the one before it. */
  EndpointMap with(EndpointMap later) {
    return new EndpointMap(
        merge(endpoints, later.endpoints),
        merge(replay, later.replay),
        later.domains.isEmpty() ? domains : later.domains);
  }

  /** Adds what the DNS says, after what is there under the same names. */
  EndpointMap and(EndpointMap found, List<String> allDomains) {
    return new EndpointMap(
        join(endpoints, found.endpoints), join(replay, found.replay), allDomains);
  }

  private static Map<String, List<Endpoint>> join(
      Map<String, List<Endpoint>> first, Map<String, List<Endpoint>> second) {
    Map<String, List<Endpoint>> result = new LinkedHashMap<>(first);
    second.forEach(
        (name, addresses) ->
            result.merge(
                name, addresses, (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
    return result;
  }

  private static Map<String, List<Endpoint>> merge(
      Map<String, List<Endpoint>> earlier, Map<String, List<Endpoint>> later) {
    Map<String, List<Endpoint>> result = new LinkedHashMap<>(earlier);
    result.putAll(later);
    return result;
  }

  private static Map<String, List<Endpoint>> copy(Map<String, List<Endpoint>> map) {
    Map<String, List<Endpoint>> result = new LinkedHashMap<>();
    map.forEach((name, addresses) -> result.put(name, List.copyOf(addresses)));
    return Collections.unmodifiableMap(result);
  }
}
