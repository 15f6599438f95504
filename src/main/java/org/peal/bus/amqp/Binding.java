package org.peal.bus.amqp;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which messages of an exchange a queue gets. Immutable.
 *
 * @param queue the queue's name; empty for the one that the broker names
 * @param exchange the exchange's name
 * @param routingKeys topics with the wildcards {@code *} and {@code #}
 */
public record Binding(String queue, String exchange, List<String> routingKeys) {

  public Binding {
    routingKeys = List.copyOf(routingKeys);
  }

  /** Returns the table as a configuration could say it. */
  @Override
  public String toString() {
    String keys = routingKeys.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    return "{queue: \"%s\", exchange: \"%s\", routing-keys: %s}".formatted(queue, exchange, keys);
  }
}
