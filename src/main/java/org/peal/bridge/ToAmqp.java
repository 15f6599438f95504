package org.peal.bridge;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.bus.Published;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.AmqpPublisher;
import org.peal.bus.amqp.EncodedMessage;
import org.peal.bus.amqp.Mandatory;
import org.peal.bus.amqp.PublisherStatus;
import org.peal.schema.Schemas;
import org.peal.store.Database;

/** The direction from ZeroMQ to the broker, from its sink to the confirmation. Thread-safe. */
final class ToAmqp implements AutoCloseable {

  private final Tally tally = new Tally();
  private final Crossed crossed;
  private final Journal journal;
  private final Preparation preparation;
  private final ToAmqpSink sink;
  private final AmqpConfig amqp;
  private final ToAmqpConfig config;
  private final String bridge;
  private final boolean isCompat;
  private final DeadLetters deadLetters;
  private final InstantSource clock;
  private Optional<AmqpPublisher> publisher = Optional.empty();
  private volatile @Nullable JournalPump pump;
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
    this.preparation = new Preparation(conversion(bridge, config), crossed, clock);
    this.sink =
        new ToAmqpSink(
            preparation,
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
            amqp.windowSize(),
            new Broker(started),
            config.exchange(),
            () -> who.map(Leadership::isLeading).orElse(true),
            deadLetters,
            tally,
            clock);
    pump = pumping;
    pumping.start();
  }

  /** The way to the broker by a publisher. */
  private record Broker(AmqpPublisher publisher) implements JournalPump.Outlet {
    @Override
    public CompletionStage<Published> publish(EncodedMessage message) {
      return publisher.publish(message);
    }

    @Override
    public boolean refusesAll() {
      return publisher.status().isLoginRefused();
    }
  }

  private void wake() {
    JournalPump pumping = pump;
    if (pumping != null) {
      pumping.wake();
    }
  }

  /** Returns what takes messages of ZeroMQ. */
  ToAmqpSink sink() {
    return sink;
  }

  /** Puts a message of the broker's own kind, which has an id, into the journal once more. */
  void takeAgain(AmqpMessage message) {
    Prepared prepared = preparation.of(message);
    crossed.forget(prepared.crossed());
    journal.write(journal.addition(prepared, this::wake));
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
        .or(() -> Optional.ofNullable(pump).flatMap(JournalPump::problem));
  }

  @Override
  public void close() {
    sink.close();
    JournalPump pumping = pump;
    if (pumping != null) {
      pumping.close();
    }
    leadership.ifPresent(Leadership::close);
    publisher.ifPresent(AmqpPublisher::close);
  }
}
