package org.peal.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outer object of a message: a typed, read-only view over the tree exactly as it was received.
 *
 * <p>Only a topic and a body are certain. An optional member that is absent, or not what it should
 * be, is reported as empty and stays in the tree, where a signature may cover it. Thread-safe as
 * long as nobody changes the tree, which nobody may.
 *
 * @see EnvelopeFactory
 */
public final class Envelope {

  private final ObjectNode tree;
  private final Topic topic;
  private final JsonNode body;

  private Envelope(ObjectNode tree, Topic topic, JsonNode body) {
    this.tree = tree;
    this.topic = topic;
    this.body = body;
  }

  /**
   * Looks at a tree as an envelope.
   *
   * @param tree kept, not copied
   * @throws MalformedEnvelopeException if it is not an object with a non-empty string {@code topic}
   *     and a member {@code msg}
   */
  public static Envelope of(JsonNode tree) {
    if (!(tree instanceof ObjectNode object)) {
      throw new MalformedEnvelopeException(
          "message must be an object, not " + tree.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    JsonNode body = object.get(Field.BODY);
    if (body == null) {
      throw new MalformedEnvelopeException("message must have a member \"msg\"");
    }
    return new Envelope(object, topicOf(object), body);
  }

  private static Topic topicOf(ObjectNode object) {
    return text(object, Field.TOPIC)
        .map(Topic::new)
        .orElseThrow(
            () -> new MalformedEnvelopeException("message must have a non-empty string \"topic\""));
  }

  /** Returns the whole message as received; not to be changed. */
  public ObjectNode tree() {
    return tree;
  }

  /** Returns what the message is about. */
  public Topic topic() {
    return topic;
  }

  /** Returns what the message says, any JSON value; not to be changed. */
  public JsonNode body() {
    return body;
  }

  /** Returns the publisher's name for the message. */
  public Optional<MessageId> id() {
    return text(tree, Field.MESSAGE_ID).map(MessageId::new);
  }

  /** Returns when the message was made, by its publisher's clock. */
  public Optional<Instant> timestamp() {
    return Timestamps.read(tree.path(Field.TIMESTAMP));
  }

  /** Returns the count of messages within the publishing process; not persistent, not unique. */
  public OptionalLong counter() {
    return integer(Field.COUNTER);
  }

  /** Returns the login name that the publisher ran under. */
  public Optional<String> username() {
    return text(tree, Field.USERNAME);
  }

  /** Returns the persistent number of the message in its publisher's store. */
  public OptionalLong sequenceId() {
    return integer(Field.SEQUENCE_ID);
  }

  /** Returns the table of metadata; not to be changed. */
  public Optional<ObjectNode> headers() {
    return tree.get(Field.HEADERS) instanceof ObjectNode headers
        ? Optional.of(headers)
        : Optional.empty();
  }

  private static Optional<String> text(ObjectNode object, String name) {
    return Optional.ofNullable(object.path(name).textValue()).filter(text -> !text.isEmpty());
  }

  private OptionalLong integer(String name) {
    JsonNode value = tree.path(name);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  @Override
  public String toString() {
    return "Envelope[topic=%s, id=%s]".formatted(topic, id().map(MessageId::value).orElse("none"));
  }
}
