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
    for (PartName part : config.node().parts()) {
      switch (part) {
        case RELAY -> {
          add(all, "relay.in", config.relay().in());
          add(all, "relay.out", config.relay().out());
        }
        case SIGNING_RELAY -> {
          add(all, "signing-relay.in", config.signingRelay().in());
          add(all, "signing-relay.out", config.signingRelay().out());
        }
        case GATEWAY -> add(all, "gateway.out", List.of(config.gateway().out()));
        default -> throw new IllegalStateException("where does it listen: " + part);
      }
    }
    return all;
  }

  private static void add(Map<String, Endpoint> all, String key, List<Endpoint> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      all.put(addresses.size() == 1 ? key : key + "[" + i + "]", addresses.get(i));
    }
  }
}
