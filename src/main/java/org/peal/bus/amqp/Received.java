package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.peal.schema.MessageSchema;

/** What came off the wire, after it was looked at. Immutable. */
public sealed interface Received {

  /**
   * A message that keeps the rules.
   *
   * @param schema its kind; the base when its own is not known here
   */
  record Valid(AmqpMessage message, MessageSchema schema) implements Received {}

  /**
   * Something that breaks the rules.
   *
   * @param topic the routing key
   * @param id its name, if it has one
   * @param reason what is wrong, for people
   * @param headers as far as they can be read
   * @param body as it came; nobody may change it
   */
  record Invalid(String topic, Optional<String> id, String reason, ObjectNode headers, byte[] body)
      implements Received {}
}
