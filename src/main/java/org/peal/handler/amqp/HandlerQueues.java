package org.peal.handler.amqp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.Binding;
import org.peal.bus.amqp.QueueRequest;
import org.peal.bus.amqp.QueueTerms;
import org.peal.message.TopicPattern;

/** Tells which queues a handler consumes from. Stateless. */
public final class HandlerQueues {

  private HandlerQueues() {}

  /**
   * Returns the queues of a handler: its own, or else those of the section {@code amqp}.
   *
   * @param own the name of its own queue, if it has one; what the section {@code amqp} says of that
   *     name holds
   * @param topics which topics a queue gets of which that section says nothing
   */
  public static List<QueueRequest> of(
      AmqpConfig config, Optional<String> own, List<TopicPattern> topics) {
    if (own.isEmpty()) {
      return QueueRequest.of(config);
    }
    String name = own.get();
    Map<String, QueueTerms> known = config.queues().queues();
    Optional<QueueTerms> terms =
        config.passiveDeclares()
            ? Optional.empty()
            : Optional.of(known.getOrDefault(name, QueueTerms.ONE_ACTIVE));
    return List.of(new QueueRequest(name, terms, bindings(config, name, topics)));
  }

  private static List<Binding> bindings(
      AmqpConfig config, String queue, List<TopicPattern> topics) {
    List<Binding> said = config.bindings().bindings();
    List<Binding> own = said.stream().filter(each -> each.queue().equals(queue)).toList();
    if (!own.isEmpty()) {
      return own;
    }
    List<String> keys = topics.stream().map(TopicPattern::toString).toList();
    Stream<String> exchanges = said.stream().map(Binding::exchange).distinct();
    return exchanges.map(exchange -> new Binding(queue, exchange, keys)).toList();
  }
}
