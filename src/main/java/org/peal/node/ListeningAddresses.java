package org.peal.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peal.endpoint.Endpoint;

/** Where a node of a configuration listens. Stateless. */
public final class ListeningAddresses {

  private ListeningAddresses() {}

  /** Returns the addresses of all parts by the keys that set them, such as {@code relay.in[0]}. */
  public static Map<String, Endpoint> of(PealConfig config) {
    Map<String, Endpoint> all = new LinkedHashMap<>();
    config.node().parts().forEach(part -> of(part, config).forEach((k, v) -> add(all, k, v)));
    if (config.status().isOn()) {
      all.put("status.address", config.status().where());
    }
    return all;
  }

  /** An expression, so that a part without an answer does not compile. */
  private static Map<String, List<Endpoint>> of(PartName part, PealConfig config) {
    return switch (part) {
      case PUBLISHER -> Map.of("publisher.out", config.publisher().out());
      case REPLAY -> Map.of("replay.in", List.of(config.replay().in()));
      case BRIDGE -> Map.of();
      case RELAY -> pair("relay", config.relay().in(), config.relay().out());
      case SIGNING_RELAY ->
          pair("signing-relay", config.signingRelay().in(), config.signingRelay().out());
      case GATEWAY -> Map.of("gateway.out", List.of(config.gateway().out()));
      case AMQP_PUBLISHER, HANDLERS -> Map.of();
    };
  }

  private static Map<String, List<Endpoint>> pair(
      String section, List<Endpoint> in, List<Endpoint> out) {
    Map<String, List<Endpoint>> both = new LinkedHashMap<>();
    both.put(section + ".in", in);
    both.put(section + ".out", out);
    return both;
  }

  private static void add(Map<String, Endpoint> all, String key, List<Endpoint> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      all.put(addresses.size() == 1 ? key : key + "[" + i + "]", addresses.get(i));
    }
  }
}
