package org.peal.handler.amqp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.peal.bus.Bus;
import org.peal.bus.Origin;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.handler.Message;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.stream.ContentHash;

/** Makes messages for handlers of what came through a broker. Stateless. */
public final class BrokeredMessage {

  private BrokeredMessage() {}

  /**
   * Returns what a handler sees of a message; empty if it has no topic.
   *
   * <p>A message without an id gets one of what it says and of its headers, so that it has a name
   * to be found by, and copies of it count once.
   *
   * @param origin the exchange that it was published to, and the broker
   */
  public static Optional<Message> of(AmqpMessage message, Origin origin) {
    if (message.topic().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Message(
            Bus.AMQP,
            message
                .id()
                .filter(id -> !id.isEmpty())
                .map(MessageId::new)
                .orElseGet(() -> nameOf(message)),
            new Topic(message.topic()),
            message.body(),
            message.headers(),
            message.severity(),
            message.sentAt(),
            Optional.empty(),
            origin));
  }

  private static MessageId nameOf(AmqpMessage message) {
    return new MessageId(
        "sha256-"
            + ContentHash.of(
                JsonNodeFactory.instance.textNode(message.topic()),
                JsonNodeFactory.instance.arrayNode().add(message.headers()).add(message.body())));
  }
}
