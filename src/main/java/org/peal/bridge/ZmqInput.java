package org.peal.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.peal.bus.Delivery;

/**
 * A message off ZeroMQ as far as a bridge can read it. Immutable.
 *
 * @param topic its topic frame as text
 * @param envelope its payload
 */
record ZmqInput(String topic, ObjectNode envelope) {

  /** The name of the member that holds the body. */
  static final String BODY = "msg";

  static final String MESSAGE_ID = "msg_id";
  static final String USERNAME = "username";
  static final String HEADERS = "headers";

  /** Returns what can be read; empty if the topic is no text or the payload no object. */
  static Optional<ZmqInput> of(Delivery delivery) {
    return topic(delivery)
        .flatMap(
            topic ->
                delivery
                    .tree()
                    .filter(ObjectNode.class::isInstance)
                    .map(tree -> new ZmqInput(topic, (ObjectNode) tree)));
  }

  /** Returns the topic of a message, if it is text and not empty. */
  static Optional<String> topic(Delivery delivery) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(delivery.raw().topic()))
              .toString();
      return Optional.of(text).filter(topic -> !topic.isEmpty());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  Optional<String> text(String member) {
    return Optional.ofNullable(envelope.path(member).textValue()).filter(text -> !text.isEmpty());
  }

  boolean isOfBridge() {
    return envelope.path(USERNAME).asText().equals(BridgeHeaders.USERNAME);
  }
}
