package org.peal.bus.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.message.MessageId;
import org.peal.message.TimedUuids;
import org.peal.schema.MessageSchema;
import org.peal.schema.Schemas;

/**
 * Makes messages of drafts, with the headers that fedora-messaging gives them, in its order.
 * Thread-safe.
 *
 * <p>A draft's own headers keep their places and their values where they say a schema, a time or a
 * priority; its severity is the draft's. A schema that is not known here is kept and not checked,
 * because a message that crosses from elsewhere need not be known on the way.
 */
public final class MessageMaker {

  /** The longest routing key in bytes, which the wire format sets. */
  private static final int MAX_TOPIC = 255;

  private static final DateTimeFormatter SENT_AT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);

  private final Schemas schemas;
  private final Optional<Integer> usualPriority;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  /** Makes one whose ids begin with the time of its clock; otherwise as the other one. */
  public MessageMaker(Schemas schemas, Optional<Integer> usualPriority, InstantSource clock) {
    this(schemas, usualPriority, clock, new TimedUuids(clock));
  }

  /** Makes one; {@code usualPriority} is that of messages which have none of their own. */
  public MessageMaker(
      Schemas schemas, Optional<Integer> usualPriority, InstantSource clock, Supplier<UUID> ids) {
    this.schemas = schemas;
    this.usualPriority = usualPriority;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Returns the message.
   *
   * @throws PublishException if the draft is no message of this bus
   */
  public AmqpMessage make(Draft draft) {
    String id = draft.id().map(MessageId::value).orElseGet(() -> ids.get().toString());
    return make(draft.topic().value(), id, draft, priority(draft.headers()));
  }

  private AmqpMessage make(String topic, String id, Draft draft, Optional<Integer> priority) {
    if (!(draft.body() instanceof ObjectNode body)) {
      throw malformed("body must be an object: " + draft.body().getNodeType().name());
    }
    requireShort("topic", topic);
    requireShort("id", id);
    String named = draft.headers().path(HeaderNames.SCHEMA).asText(MessageSchema.BASE);
    Optional<MessageSchema> known = schemas.find(named);
    ObjectNode headers = draft.headers().deepCopy();
    headers.put(HeaderNames.SCHEMA, named);
    known
        .flatMap(MessageSchema::packageName)
        .ifPresent(name -> headers.put(HeaderNames.SCHEMA_PACKAGE, name));
    if (!headers.path(HeaderNames.SENT_AT).isTextual()) {
      headers.put(HeaderNames.SENT_AT, SENT_AT.format(clock.instant()));
    }
    headers.put(HeaderNames.SEVERITY, draft.severity().number());
    headers.put(HeaderNames.PRIORITY, priority.orElse(0));
    known.ifPresent(s -> s.filterHeaders(body).forEach(name -> headers.put(name, true)));
    AmqpMessage message =
        new AmqpMessage(topic, Optional.of(id), headers, body, priority, Optional.empty());
    check(message, known.orElse(schemas.base()));
    return message;
  }

  private void check(AmqpMessage message, MessageSchema schema) {
    Optional<String> problem =
        schemas
            .base()
            .problem(message.headers(), message.body())
            .or(() -> schema.problem(message.headers(), message.body()));
    if (problem.isPresent()) {
      throw malformed(problem.get());
    }
    try {
      HeaderTable.write(message.headers());
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  /** The header is a copy of the property, so it says what the property was. */
  private Optional<Integer> priority(ObjectNode headers) {
    JsonNode said = headers.path(HeaderNames.PRIORITY);
    boolean isOne = said.isInt() && said.intValue() > 0 && said.intValue() <= 255;
    return isOne ? Optional.of(said.intValue()) : usualPriority;
  }

  private static void requireShort(String what, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_TOPIC) {
      throw malformed("%s must have at most %d bytes, not %d".formatted(what, MAX_TOPIC, bytes));
    }
  }

  private static PublishException malformed(String why) {
    return new PublishException(PublishException.Kind.MALFORMED, why, null);
  }

  /** Returns headers with nothing in them. */
  static ObjectNode noHeaders() {
    return JsonNodeFactory.instance.objectNode();
  }
}
