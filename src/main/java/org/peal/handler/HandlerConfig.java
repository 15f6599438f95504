package org.peal.handler;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Bus;
import org.peal.config.Doc;
import org.peal.config.OwnSettings;
import org.peal.message.TopicPattern;

/**
 * A section {@code handlers.NAME}: a handler and the terms on which it runs. Immutable; a component
 * left out is its default.
 *
 * @param bus not empty, without repetitions
 * @param deadline positive
 */
@Doc(
    "A handler, which the part `handlers` runs, or `peal run NAME`. NAME is the name of its"
        + " cursors, outcomes and dead letters: small letters, digits and hyphens.")
public record HandlerConfig(
    @Doc("Which type of handler it is; `peal handlers --types` lists them. When not set: NAME.")
        @Nullable String type,
    @Doc("Jar files with the type and what it needs, if it does not come with Peal.")
        List<Path> jars,
    @Doc(
            "The topics that it gets, as in `org.example.prod.git.#`: `*` stands for one segment,"
                + " `#` for any number. When empty: those that the type names.")
        List<TopicPattern> topics,
    @Doc(
            "The buses that it gets messages from: `zmq`, `amqp`, or both. One that comes by both"
                + " is handled once.")
        List<Bus> bus,
    @Doc(
            "The queue that it consumes from on `amqp`, which no other handler does. One that is"
                + " not in `amqp.queues` is durable, has one active consumer, and gets the topics"
                + " from `amq.topic`. When not set: all of `amqp.queues`.")
        @Nullable String queue,
    @Doc("The bus for what it publishes. When not set: the one that the message came by.")
        @Nullable Bus publishOn,
    @Doc(
            "Whether it only records what it would do. Outcomes are recorded under NAME all the"
                + " same, so give a dry run a name of its own.")
        Boolean dryRun,
    @Doc(
            "Whether nodes that have a handler of this NAME take turns: one acts, the others stand"
                + " by. Needs `postgresql.url`, where the handler's state is kept then.")
        Boolean lease,
    @Doc(
            "How long one message may take. Then the handler is interrupted, and the node is not"
                + " ready until it ends.")
        Duration deadline,
    @Doc("When a message that could not be handled is handed over again, and when no more.")
        RetryConfig retry,
    @Doc("The handler's own settings; its type says what there is.") OwnSettings settings) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  public HandlerConfig {
    jars = jars == null ? List.of() : List.copyOf(jars);
    topics = topics == null ? List.of() : List.copyOf(topics);
    bus = bus == null ? List.of(Bus.ZMQ) : bus.stream().distinct().toList();
    dryRun = requireNonNullElse(dryRun, false);
    lease = requireNonNullElse(lease, false);
    deadline = requireNonNullElse(deadline, DEADLINE);
    settings = requireNonNullElse(settings, OwnSettings.none());
    if (bus.isEmpty()) {
      throw new IllegalArgumentException("bus must name at least one bus");
    }
    if (queue != null && queue.isEmpty()) {
      throw new IllegalArgumentException("queue must not be empty");
    }
    if (deadline.isZero() || deadline.isNegative()) {
      throw new IllegalArgumentException("deadline must be positive: " + deadline);
    }
  }

  /** Returns the configuration that holds when nothing is said. */
  public static HandlerConfig defaults() {
    return new HandlerConfig(
        null,
        List.of(),
        List.of(),
        List.of(Bus.ZMQ),
        null,
        null,
        false,
        false,
        DEADLINE,
        RetryConfig.defaults(),
        OwnSettings.none());
  }

  /**
   * Checks the names of handlers.
   *
   * @throws IllegalArgumentException if one is none
   */
  public static void requireNames(Map<String, HandlerConfig> handlers) {
    for (String name : handlers.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "the name of a handler must be 1 to 64 small letters, digits and hyphens, and begin"
                + " with a letter or digit: \""
                + name
                + "\"");
      }
    }
  }

  /** Tells whether it gets messages from a broker, or publishes there. */
  public boolean isOnAmqp() {
    return bus.contains(Bus.AMQP) || publishOn == Bus.AMQP;
  }

  /** Returns the same with some terms replaced; what is empty stays. */
  public HandlerConfig with(List<Bus> otherBus, boolean isDryRun) {
    return with(otherBus.isEmpty() ? bus : otherBus, queue, dryRun || isDryRun);
  }

  /** Returns the same for the queues of the section {@code amqp} alone. */
  public HandlerConfig onQueuesOfAmqp() {
    return with(List.of(Bus.AMQP), null, dryRun);
  }

  private HandlerConfig with(List<Bus> otherBus, @Nullable String otherQueue, boolean isDry) {
    return new HandlerConfig(
        type,
        jars,
        topics,
        otherBus,
        otherQueue,
        publishOn,
        isDry,
        lease,
        deadline,
        retry,
        settings);
  }

  /** Returns the type of the handler that has this configuration under a name. */
  public String typeOf(String name) {
    return requireNonNullElse(type, name);
  }

  /** Returns the terms on which a handler runs. */
  HandlerTerms terms(String name, Handler handler, Duration window) {
    return new HandlerTerms(
        name,
        topics.isEmpty() ? handler.topics() : topics,
        Optional.ofNullable(publishOn),
        dryRun,
        deadline,
        retry,
        window);
  }
}
