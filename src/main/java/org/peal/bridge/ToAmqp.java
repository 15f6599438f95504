package org.peal.bridge;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.AmqpPublisher;
import org.peal.bus.amqp.Mandatory;
import org.peal.bus.amqp.PublisherStatus;
import org.peal.schema.Schemas;
import org.peal.store.Database;
import org.peal.store.HandledMessage;
import org.peal.stream.Rows;

/** The direction from ZeroMQ to the broker, from its sink to the confirmation. Thread-safe. */
final class ToAmqp implements AutoCloseable {

  private final Tally tally = new Tally();
  private final Crossed crossed;
  private final Journal journal;
  private final ToAmqpSink sink;
  private final AmqpConfig amqp;
  private final ToAmqpConfig config;
  private final String bridge;
  private final boolean isCompat;
  private final DeadLetters deadLetters;
  private final InstantSource clock;
  private Optional<AmqpPublisher> publisher = Optional.empty();
  private Optional<JournalPump> pump = Optional.empty();
  private Optional<Leadership> leadership = Optional.empty();

  ToAmqp(
      String bridge,
      BridgeConfig config,
      AmqpConfig amqp,
      Database database,
      DeadLetters deadLetters,
      ServiceTable services,
      InstantSource clock) {
    this.bridge = bridge;
    this.config = config.toAmqp();
    this.isCompat = config.compat();
    this.amqp = amqp;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.crossed = new Crossed(database, clock);
    this.journal = new Journal(database, clock);
    this.sink =
        new ToAmqpSink(
            conversion(bridge, config),
            journal,
            config.toAmqp().journal(),
            crossed,
            deadLetters,
            tally,
            clock,
            services,
            this::wake);
  }

  private Function<Delivery, Crossing<AmqpMessage>> conversion(String name, BridgeConfig settings) {
    Rules rules = settings.toAmqpRules(name);
    return settings.compat()
        ? new CompatToAmqp(rules, amqp.topicPrefix().orElse(""), clock)::convert
        : new ZmqToAmqp(rules, settings.toAmqp().signatures(), clock)::convert;
  }

  /** Connects to the broker, in the background. */
  synchronized void start() {
    AmqpPublisher started =
        AmqpPublisher.start(
            amqp,
            config.exchange(),
            isCompat ? Mandatory.OFF : amqp.mandatory(),
            Schemas.builtIn());
    publisher = Optional.of(started);
    if (!config.alone()) {
      leadership =
          Optional.of(
              new Leadership(bridge, isCompat, amqp, config.exchange(), journal, crossed, clock));
    }
    Optional<Leadership> who = leadership;
    JournalPump pumping =
        new JournalPump(
            journal,
            started,
            config.exchange(),
            () -> who.map(Leadership::isLeading).orElse(true),
            deadLetters,
            tally,
            clock);
    pump = Optional.of(pumping);
    pumping.start();
  }

  private synchronized void wake() {
    pump.ifPresent(JournalPump::wake);
  }

  /** Returns what takes messages of ZeroMQ. */
  ToAmqpSink sink() {
    return sink;
  }

  /** Returns what puts a message of the broker's own kind into the journal once more. */
  Rows additionAgain(AmqpMessage message) {
    HandledMessage handled =
        crossed.record(
            Direction.TO_AMQP, message.id().orElseThrow(), message.topic(), message.body());
    crossed.forget(handled);
    return journal.addition(message, handled);
  }

  Tally tally() {
    return tally;
  }

  long waiting() {
    return journal.size();
  }

  Duration age() {
    return journal.size() == 0 ? Duration.ZERO : journal.age();
  }

  synchronized Optional<PublisherStatus> publisher() {
    return publisher.map(AmqpPublisher::status);
  }

  /** Tells whether this bridge is the one that publishes. */
  synchronized boolean isLeading() {
    return leadership.map(Leadership::isLeading).orElse(true);
  }

  /** Returns what stands in the way at the moment. */
  synchronized Optional<String> problem() {
    return publisher
        .map(AmqpPublisher::status)
        .filter(status -> !status.connected())
        .map(
            status -> status.problem().map(p -> p.text()).orElse("the broker is not connected yet"))
        .or(() -> leadership.flatMap(Leadership::problem))
        .or(() -> pump.flatMap(JournalPump::problem));
  }

  @Override
  public void close() {
    sink.close();
    Optional<JournalPump> pumping;
    synchronized (this) {
      pumping = pump;
    }
    pumping.ifPresent(JournalPump::close);
    leadership.ifPresent(Leadership::close);
    publisher.ifPresent(AmqpPublisher::close);
  }
}
