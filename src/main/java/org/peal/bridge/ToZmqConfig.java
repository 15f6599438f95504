package org.peal.bridge;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import org.peal.config.Doc;

/** The section {@code bridge.to-zmq}. Immutable; a component left out is its default. */
public record ToZmqConfig(
    @Doc(
            "The queue to take messages from. It is made, durable and with one active consumer,"
                + " unless `amqp.passive-declares` is set.")
        String queue,
    @Doc("The exchange that the queue is bound to.") String exchange,
    @Doc("Topics that cross, as in `bridge.to-amqp`.") List<String> include,
    @Doc("Topics of those that do not cross.") List<String> exclude,
    @Doc(
            "Publish messages that began on another ZeroMQ net as they were there, with their first"
                + " signature. They are not in this node's log, so they cannot be replayed here.")
        Boolean restoreOrigin) {

  private static final String QUEUE = "peal.bridge.to-zmq";
  private static final String EXCHANGE = "amq.topic";

  public ToZmqConfig {
    queue = requireNonNullElse(queue, QUEUE);
    exchange = requireNonNullElse(exchange, EXCHANGE);
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
    restoreOrigin = requireNonNullElse(restoreOrigin, false);
    if (queue.isEmpty() || exchange.isEmpty()) {
      throw new IllegalArgumentException("queue and exchange must not be empty");
    }
  }

  static ToZmqConfig defaults() {
    return new ToZmqConfig(QUEUE, EXCHANGE, List.of(), List.of(), false);
  }

  TopicChoice topics() {
    return new TopicChoice(include, exclude);
  }
}
