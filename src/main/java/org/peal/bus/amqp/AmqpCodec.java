package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.PythonTruth;
import org.peal.json.SpacedJson;
import org.peal.json.StrictJson;
import org.peal.schema.MessageSchema;
import org.peal.schema.Schemas;

/**
 * Turns messages into properties and bodies, byte for byte as fedora-messaging does, and back, as
 * tolerant as that is and no less strict. Thread-safe.
 *
 * <p>What kills the Python program, a poison pill, is merely invalid here.
 */
final class AmqpCodec {

  private static final String ENCODING = "utf-8";

  private final Schemas schemas;
  private final JsonLimits limits;
  private final Complaints complaints = new Complaints();

  AmqpCodec(Schemas schemas, JsonLimits limits) {
    this.schemas = schemas;
    this.limits = limits;
  }

  /**
   * Returns the properties of a message.
   *
   * @throws IllegalArgumentException if a header cannot be sent
   */
  static BasicProperties properties(AmqpMessage message) {
    return new OrderedProperties(
        HeaderTable.write(message.headers()),
        message.priority().orElse(null),
        message.id().orElse(null));
  }

  /** Returns the body of a message. */
  static byte[] body(AmqpMessage message) {
    return SpacedJson.write(message.body());
  }

  /** Looks at a message off the wire; never throws for what it says. */
  Received decode(String topic, BasicProperties properties, byte[] body, String queue) {
    Optional<String> id = Optional.ofNullable(properties.getMessageId());
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    try {
      headers = headers(properties.getHeaders());
      MessageSchema schema = schema(headers);
      ObjectNode tree = tree(properties.getContentEncoding(), body);
      Optional<String> problem = problem(schema, headers, tree);
      if (problem.isPresent()) {
        return new Received.Invalid(topic, id, problem.get(), headers, body);
      }
      if (schema.isDeprecated()) {
        complaints.warn("deprecated " + schema.name(), "schema {} is deprecated", schema.name());
      }
      AmqpMessage message =
          new AmqpMessage(topic, id, headers, tree, priority(properties), Optional.of(queue));
      return new Received.Valid(message, schema);
    } catch (MalformedJsonException e) {
      return new Received.Invalid(topic, id, "body is not JSON: " + e.getMessage(), headers, body);
    } catch (IllegalArgumentException e) {
      return new Received.Invalid(topic, id, String.valueOf(e.getMessage()), headers, body);
    }
  }

  private ObjectNode headers(@Nullable Map<String, Object> table) {
    if (table == null) {
      complaints.warn("headers", "messages arrive without headers");
    }
    ObjectNode headers = HeaderTable.read(table);
    if (headers.has(GuardedFrames.UNREADABLE)) {
      throw new IllegalArgumentException(
          "properties cannot be read: " + headers.path(GuardedFrames.UNREADABLE).asText());
    }
    return headers;
  }

  private MessageSchema schema(ObjectNode headers) {
    JsonNode name = headers.get(HeaderNames.SCHEMA);
    if (name == null) {
      complaints.warn("schema", "messages arrive without the header {}", HeaderNames.SCHEMA);
      return schemas.base();
    }
    if (name.isContainerNode()) {
      throw new IllegalArgumentException(
          "header " + HeaderNames.SCHEMA + " must be text, but is a list or a table");
    }
    return schemas
        .find(name.asText())
        .orElseGet(
            () -> {
              complaints.warn(
                  "schema " + name.asText(),
                  "schema {} of package {} is not known here, its messages count as {}",
                  name,
                  headers.path(HeaderNames.SCHEMA_PACKAGE),
                  MessageSchema.BASE);
              return schemas.base();
            });
  }

  private ObjectNode tree(@Nullable String encoding, byte[] body) {
    if (body.length > limits.maxBytes()) {
      throw new IllegalArgumentException(
          "body of %d bytes is longer than %d".formatted(body.length, limits.maxBytes()));
    }
    if (encoding == null) {
      complaints.warn("encoding", "messages arrive without a content encoding");
    }
    byte[] utf8 = TextEncoding.toUtf8(body, encoding == null ? ENCODING : encoding);
    JsonNode tree = StrictJson.parse(utf8, limits);
    if (PythonTruth.isFalse(tree)) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(
        "body must be an object, but is " + tree.getNodeType().name());
  }

  private Optional<String> problem(MessageSchema schema, ObjectNode headers, ObjectNode body) {
    Optional<String> base = schemas.base().problem(headers, body);
    return base.isPresent() || schema == schemas.base() ? base : schema.problem(headers, body);
  }

  private static Optional<Integer> priority(BasicProperties properties) {
    return Optional.ofNullable(properties.getPriority());
  }
}
