package org.peal.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.peal.json.PythonTruth;

/** Makes new envelopes, not yet signed, with the members that fedmsg gives them. Thread-safe. */
public final class EnvelopeFactory {

  private final InstantSource clock;
  private final TimeZone zone;
  private final Supplier<UUID> uuids;
  private final String username;
  private final AtomicLong counter = new AtomicLong();

  /** Makes a factory whose ids begin with the time of its clock; otherwise as the other one. */
  public EnvelopeFactory(InstantSource clock, TimeZone zone, String username) {
    this(clock, zone, new TimedUuids(clock), username);
  }

  /**
   * Makes a factory whose counter starts at 1.
   *
   * @param clock tells the time of each message
   * @param zone tells which year it is in the message id
   * @param uuids gives what follows the year in each message id; thread-safe
   * @param username the login name that messages carry
   */
  public EnvelopeFactory(
      InstantSource clock, TimeZone zone, Supplier<UUID> uuids, String username) {
    this.clock = clock;
    this.zone = zone;
    this.uuids = uuids;
    this.username = username;
  }

  /** Makes an envelope without headers. */
  public Envelope create(Topic topic, JsonNode body) {
    return create(topic, body, Map.of());
  }

  /**
   * Makes an envelope.
   *
   * @param body what the message says, kept, not copied; a value that is false to Python, such as
   *     null, 0 or an empty list, becomes an empty object
   * @param headers the table of metadata, left out when empty
   */
  public Envelope create(Topic topic, JsonNode body, Map<String, String> headers) {
    InstantSource now = InstantSource.fixed(clock.instant());
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put(Field.TOPIC, topic.value());
    tree.set(Field.BODY, PythonTruth.isFalse(body) ? tree.objectNode() : body);
    tree.put(Field.TIMESTAMP, now.instant().getEpochSecond());
    tree.put(Field.MESSAGE_ID, MessageId.create(now, zone, uuids.get()).value());
    tree.put(Field.COUNTER, counter.incrementAndGet());
    tree.put(Field.USERNAME, username);
    if (!headers.isEmpty()) {
      headers.forEach(tree.putObject(Field.HEADERS)::put);
    }
    return Envelope.of(tree);
  }

  /**
   * Makes an envelope for a message that may have a name, an author and a place in a log already.
   *
   * @param body kept, not copied, as in {@link #create(Topic, JsonNode)}
   * @param headers the table of metadata, kept, not copied; left out when empty
   * @param id empty for a new one
   * @param username empty for the usual one
   * @param sequenceId its number in the publisher's store, if it keeps one
   */
  public Envelope create(
      Topic topic,
      JsonNode body,
      ObjectNode headers,
      Optional<MessageId> id,
      Optional<String> username,
      OptionalLong sequenceId) {
    ObjectNode tree = create(topic, body).tree();
    id.ifPresent(value -> tree.put(Field.MESSAGE_ID, value.value()));
    username.ifPresent(value -> tree.put(Field.USERNAME, value));
    if (!headers.isEmpty()) {
      tree.set(Field.HEADERS, headers);
    }
    sequenceId.ifPresent(value -> tree.put(Field.SEQUENCE_ID, value));
    return Envelope.of(tree);
  }

  /**
   * Finds the login name where fedmsg does: the first of {@code LOGNAME}, {@code USER}, {@code
   * LNAME} and {@code USERNAME} that is set and not empty, else what the system knows.
   *
   * @param environment the environment variables
   */
  public static String loginName(Map<String, String> environment) {
    return Stream.of("LOGNAME", "USER", "LNAME", "USERNAME")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseGet(() -> System.getProperty("user.name", "unknown"));
  }
}
