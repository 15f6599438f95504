package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.peal.config.Doc;
import org.peal.config.YamlTree;

/**
 * The queues to consume from, by name; an empty name stands for one that the broker names.
 * Immutable.
 */
@Doc("map of name to: `durable`, `auto-delete`, `exclusive`, `quorum`, `arguments`")
public record QueuesConfig(Map<String, QueueTerms> queues) {

  public QueuesConfig {
    queues = Collections.unmodifiableMap(new LinkedHashMap<>(queues));
  }

  /** Reads them from a configuration. */
  static QueuesConfig parse(YamlTree said) {
    if (!(said.toJson() instanceof ObjectNode tables)) {
      throw new IllegalArgumentException(
          "must be a map of names to tables, but is " + said.describe());
    }
    Map<String, QueueTerms> queues = new LinkedHashMap<>();
    tables
        .properties()
        .forEach(
            queue -> {
              if (!(queue.getValue() instanceof ObjectNode table)) {
                throw new IllegalArgumentException(
                    "queue \"" + queue.getKey() + "\" must be a map, but is " + queue.getValue());
              }
              queues.put(queue.getKey(), QueueTerms.of(table));
            });
    return new QueuesConfig(queues);
  }

  /** Returns what holds when nothing is said: one temporary queue that the broker names. */
  static QueuesConfig defaults() {
    return new QueuesConfig(Map.of("", QueueTerms.TEMPORARY));
  }

  @Override
  public String toString() {
    return queues.entrySet().stream()
        .map(queue -> "\"" + queue.getKey() + "\": " + queue.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
