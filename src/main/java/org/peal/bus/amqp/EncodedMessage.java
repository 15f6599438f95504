package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Optional;
import org.peal.message.MessageId;

/**
 * A message in the form in which it goes over the wire, so that the thread that publishes it need
 * not make it. Immutable; nobody changes the bytes.
 */
public final class EncodedMessage {

  private final MessageId id;
  private final String topic;
  private final BasicProperties properties;
  private final byte[] body;

  private EncodedMessage(String topic, MessageId id, BasicProperties properties, byte[] body) {
    this.topic = topic;
    this.id = id;
    this.properties = properties;
    this.body = body;
  }

  /**
   * Encodes a message, which must have an id.
   *
   * @throws IllegalArgumentException if the wire format has no room for it
   */
  public static EncodedMessage of(AmqpMessage message) {
    Optional<String> tooLong = message.tooLong();
    if (tooLong.isPresent()) {
      throw new IllegalArgumentException(tooLong.get());
    }
    return new EncodedMessage(
        message.topic(),
        new MessageId(message.id().orElseThrow()),
        AmqpCodec.properties(message),
        AmqpCodec.body(message));
  }

  /**
   * Puts a message together whose body was encoded before.
   *
   * @throws IllegalArgumentException if a header cannot be sent
   */
  public static EncodedMessage of(
      String topic, MessageId id, ObjectNode headers, Optional<Integer> priority, byte[] body) {
    return new EncodedMessage(
        topic,
        id,
        new OrderedProperties(HeaderTable.write(headers), priority.orElse(null), id.value()),
        body);
  }

  MessageId id() {
    return id;
  }

  String topic() {
    return topic;
  }

  BasicProperties properties() {
    return properties;
  }

  /** Returns the body, JSON text in ASCII. */
  public byte[] body() {
    return body;
  }
}
