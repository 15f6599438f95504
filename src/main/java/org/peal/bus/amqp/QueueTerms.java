package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * How a queue is declared. Immutable; the tree is read-only by convention.
 *
 * @param durable whether it outlives the broker's restart
 * @param autoDelete whether it goes with its last consumer
 * @param exclusive whether it belongs to one connection
 * @param arguments what else the broker is told, such as {@code x-message-ttl}
 */
public record QueueTerms(
    boolean durable, boolean autoDelete, boolean exclusive, ObjectNode arguments) {

  private static final Set<String> KEYS =
      Set.of("durable", "auto-delete", "exclusive", "quorum", "arguments");

  private static final String SINGLE = "x-single-active-consumer";

  /** What the command line of fedora-messaging gives to a queue that it is told the name of. */
  public static final QueueTerms TEMPORARY =
      new QueueTerms(false, true, true, JsonNodeFactory.instance.objectNode());

  /** Outlives everybody, and has one active consumer, so that it keeps its order. */
  public static final QueueTerms ONE_ACTIVE =
      new QueueTerms(true, false, false, JsonNodeFactory.instance.objectNode().put(SINGLE, true));

  /**
   * Reads a table of the configuration, with hyphens in its keys. A queue is durable if it is a
   * quorum queue or that is said; only one that is not goes with its consumer or connection, unless
   * that is said.
   */
  static QueueTerms of(ObjectNode table) {
    for (var member : table.properties()) {
      if (!KEYS.contains(member.getKey())) {
        throw new IllegalArgumentException("unknown key of a queue: " + member.getKey());
      }
    }
    boolean quorum = flag(table, "quorum", false);
    ObjectNode arguments = arguments(table.path("arguments"));
    if (quorum) {
      arguments.put("x-queue-type", "quorum");
    }
    boolean durable = flag(table, "durable", quorum);
    return new QueueTerms(
        durable,
        flag(table, "auto-delete", !durable),
        flag(table, "exclusive", !durable),
        arguments);
  }

  private static boolean flag(ObjectNode table, String key, boolean otherwise) {
    JsonNode value = table.path(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(key + " of a queue must be true or false: " + value);
    }
    return value.booleanValue();
  }

  private static ObjectNode arguments(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof ObjectNode table) {
      return table.deepCopy();
    }
    throw new IllegalArgumentException("arguments of a queue must be a map: " + value);
  }

  /** Tells whether it has at most one consumer at a time, and so keeps its order. */
  public boolean isKeepingOrder() {
    return exclusive || arguments.path(SINGLE).asBoolean();
  }

  /** Returns the table as a configuration could say it. */
  @Override
  public String toString() {
    return "{durable: %s, auto-delete: %s, exclusive: %s, arguments: %s}"
        .formatted(durable, autoDelete, exclusive, arguments);
  }
}
