package org.peal.bus.amqp;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.peal.config.Doc;
import org.peal.config.FreeTable;
import org.peal.config.Place;
import org.peal.schema.Schemas;
import org.peal.tls.PemException;

/**
 * The section {@code amqp}: the keys of a fedora-messaging file, with hyphens, and a few of Peal's
 * own at the end. Immutable; a component left out is its default.
 */
@Doc(
    "The AMQP side. The keys are those of fedora-messaging's own file, which is read too: see"
        + " [amqp.md](amqp.md). They may be written with underscores.")
public record AmqpConfig(
    @Doc("The broker.") AmqpUrl amqpUrl,
    @Doc("Queues are expected to exist and not made.") Boolean passiveDeclares,
    @Doc("Where to publish.") String publishExchange,
    @Doc("Priority of messages that have none of their own, from 0 to 255.")
        Optional<Integer> publishPriority,
    @Doc("What is put before the topic of each message that is published, with a dot between.")
        Optional<String> topicPrefix,
    @Doc("Understood and not used: fedora-messaging never declares them either.")
        FreeTable exchanges,
    @Doc("Queues to consume from; an empty name lets the broker choose one.") QueuesConfig queues,
    @Doc("Which messages go to which queue.") BindingsConfig bindings,
    QosConfig qos,
    @Doc("Understood and not used: handlers are named in Peal's own sections.")
        Optional<String> callback,
    @Doc("Free settings, kept for handlers.") FreeTable consumerConfig,
    @Doc("What the broker is told about this program: `app`, `app_url`, `app_contacts_email`.")
        FreeTable clientProperties,
    AmqpTlsConfig tls,
    @Doc("What becomes of a message that no queue takes: nobody asks, it is reported, or it fails.")
        Mandatory mandatory,
    @Doc("Messages on their way to the broker and not confirmed, at most.")
        @Nullable Integer window,
    @Doc("How long a message may wait for its confirmation.") Duration publishTimeout,
    @Doc("The longest pause between two attempts to connect.") Duration reconnectMost,
    @Doc("Messages that the part `amqp-publisher` keeps for a broker that is away, at most.")
        @Nullable Integer outbox,
    @Doc(
            "Whether a handler ends the program, with the exit status of fedora-messaging, when its"
                + " queue is deleted, when login or queue is refused at the start, and when it"
                + " throws; otherwise it waits, and tries again. `peal amqp consume --callback`"
                + " sets it.")
        Boolean endOnFailure,
    @Doc("Folder with schemas of messages, each a file NAME.yaml or NAME.json.")
        Optional<Path> schemas) {

  /** The exchange that every broker has and that fedora-messaging publishes to. */
  public static final String TOPIC_EXCHANGE = "amq.topic";

  private static final Set<String> RESERVED = Set.of("product", "information", "version");
  private static final int WINDOW = 1000;
  private static final int OUTBOX = 100_000;
  private static final int MOST_OUTBOX = 10_000_000;
  private static final int MOST_WINDOW = 100_000;

  public AmqpConfig {
    amqpUrl = requireNonNullElse(amqpUrl, AmqpUrl.parse("amqp://"));
    passiveDeclares = requireNonNullElse(passiveDeclares, false);
    publishExchange = requireNonNullElse(publishExchange, TOPIC_EXCHANGE);
    topicPrefix = topicPrefix.map(t -> t.replaceAll("\\.+$", "")).filter(t -> !t.isEmpty());
    exchanges = requireNonNullElse(exchanges, FreeTable.empty());
    queues = requireNonNullElse(queues, QueuesConfig.defaults());
    bindings = requireNonNullElse(bindings, BindingsConfig.defaults());
    consumerConfig = requireNonNullElse(consumerConfig, FreeTable.empty());
    clientProperties = requireNonNullElse(clientProperties, FreeTable.empty());
    mandatory = requireNonNullElse(mandatory, Mandatory.REPORT);
    outbox = outbox == null ? Integer.valueOf(OUTBOX) : outbox;
    window = window == null ? Integer.valueOf(WINDOW) : window;
    publishTimeout = requireNonNullElse(publishTimeout, Duration.ofSeconds(30));
    reconnectMost = requireNonNullElse(reconnectMost, Duration.ofSeconds(30));
    endOnFailure = requireNonNullElse(endOnFailure, false);
    requireRange("publish-priority", publishPriority.orElse(0), 0, 255);
    requireRange("outbox", outbox, 1, MOST_OUTBOX);
    requireRange("window", window, 1, MOST_WINDOW);
    requireTime("publish-timeout", publishTimeout, Duration.ofHours(1));
    requireTime("reconnect-most", reconnectMost, Duration.ofHours(1));
    for (String key : RESERVED) {
      if (clientProperties.tree().has(key)) {
        throw new IllegalArgumentException("client-properties must not set " + key);
      }
    }
  }

  private static void requireRange(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d: %d".formatted(key, least, most, value));
    }
  }

  private static void requireTime(String key, Duration value, Duration most) {
    if (value.isNegative() || value.isZero() || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(key + " must be above 0 and at most 1h: " + value);
    }
  }

  /** Returns {@link #outbox}, which is never null. */
  public int outboxSize() {
    return outbox == null ? OUTBOX : outbox;
  }

  /** Returns {@link #window}, which is never null. */
  public int windowSize() {
    return window == null ? WINDOW : window;
  }

  /** Returns {@link #endOnFailure}, which is never null. */
  public boolean endsOnFailure() {
    return Boolean.TRUE.equals(endOnFailure);
  }

  /** Returns the same that consumes from other queues. */
  public AmqpConfig with(QueuesConfig otherQueues, BindingsConfig otherBindings) {
    return new AmqpConfig(
        amqpUrl,
        passiveDeclares,
        publishExchange,
        publishPriority,
        topicPrefix,
        exchanges,
        otherQueues,
        otherBindings,
        qos,
        callback,
        consumerConfig,
        clientProperties,
        tls,
        mandatory,
        window,
        publishTimeout,
        reconnectMost,
        outbox,
        endOnFailure,
        schemas);
  }

  /**
   * Reads the schemas of the configured folder; without one, only the base is known.
   *
   * @throws ConfigException with all that is wrong with its files
   */
  public Schemas readSchemas() {
    return schemas.map(Schemas::load).orElseGet(Schemas::builtIn);
  }

  /**
   * Reads the files of the section {@code tls}, if the address makes them count.
   *
   * @throws ConfigException if they are of no use
   */
  public void requireTlsFiles() {
    if (amqpUrl.tls()) {
      try {
        tls.context();
      } catch (PemException | GeneralSecurityException | IOException e) {
        throw new ConfigException(
            Place.named("configuration", Path.of("")), "amqp.tls", String.valueOf(e.getMessage()));
      }
    }
  }

  /** Returns the full topic of a message that is published, by the rule of fedora-messaging. */
  public String fullTopic(String topic) {
    return topicPrefix.map(prefix -> prefix + "." + topic).orElse(topic);
  }

  /** Returns what the broker is told about this program. */
  ObjectNode introduction() {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("app", "Unknown");
    told.setAll(clientProperties.tree());
    told.put("product", "Peal");
    return told;
  }
}
