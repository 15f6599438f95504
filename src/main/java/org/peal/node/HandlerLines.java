package org.peal.node;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peal.bus.Bus;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.QueueRequest;
import org.peal.config.ConfigException;
import org.peal.handler.HandlerConfig;
import org.peal.handler.HandlerLine;
import org.peal.handler.HandlerRunner;
import org.peal.handler.HandlerTypes;
import org.peal.handler.Inlet;
import org.peal.handler.LeasedLine;
import org.peal.handler.Line;
import org.peal.handler.ZmqInlet;
import org.peal.handler.amqp.AmqpInlet;
import org.peal.handler.amqp.HandlerQueues;
import org.peal.lease.Lease;
import org.peal.lease.LeaseConfig;
import org.peal.schema.Schemas;
import org.peal.store.Database;
import org.peal.store.PostgresConfig;
import org.peal.store.SharedDatabase;
import org.peal.store.StateStore;
import org.peal.stream.ReplaySource;

/**
 * Makes the lines of a node's handlers, with a lease or without. For the thread that makes parts.
 */
final class HandlerLines {

  private static final int RANDOM_BYTES = 4;

  /** A take-over is over after at most so many durations of a lease. */
  private static final int TAKE_OVER = 3;

  private final NodeServices services;
  private final InstantSource clock;
  private final Schemas schemas;

  HandlerLines(NodeServices services, InstantSource clock) {
    this.services = services;
    this.clock = clock;
    this.schemas = services.config().amqp().readSchemas();
  }

  /**
   * Makes the handler of a section, if only to see that it can be made.
   *
   * @throws ConfigException if the section is no good
   */
  HandlerTypes.Made handler(String name) {
    return HandlerSections.make(services.config(), name, clock);
  }

  private HandlerConfig config(String name) {
    Map<String, HandlerConfig> handlers = services.config().handlers();
    return Optional.ofNullable(handlers.get(name)).orElseThrow();
  }

  /** Makes the line of a handler, which closes it. */
  Line line(HandlerTypes.Made made, Database database, ReplaySource replay) {
    String name = made.terms().name();
    if (!config(name).lease()) {
      return line(made, database, replay, services::outboxGrew);
    }
    // It was made to see that it can be; each term has one of its own.
    made.handler().close();
    LeaseConfig terms = services.config().lease();
    PostgresConfig postgres = services.config().postgresql();
    return new LeasedLine(
        name,
        database,
        (store, published) -> line(handler(name), store, replay, published),
        services::outboxGrew,
        terms.duration().multipliedBy(TAKE_OVER),
        duty ->
            new Lease(
                new Lease.Claim(name, holder(), terms),
                new SharedDatabase(postgres, terms.duration()),
                database,
                duty,
                clock));
  }

  private HandlerLine line(
      HandlerTypes.Made made, StateStore store, ReplaySource replay, Runnable published) {
    HandlerRunner runner =
        new HandlerRunner(
            store, made.terms(), made.handler(), clock, new SecureRandom(), published);
    try {
      return new HandlerLine(runner, inlets(runner, store, replay));
    } catch (RuntimeException | Error e) {
      // The store may fail; with a lease that is tried again, each time with another handler.
      runner.close();
      throw e;
    }
  }

  private List<Inlet> inlets(HandlerRunner runner, StateStore store, ReplaySource replay) {
    HandlerConfig config = config(runner.terms().name());
    List<Inlet> inlets = new ArrayList<>();
    if (config.bus().contains(Bus.AMQP)) {
      AmqpConfig amqp = services.config().amqp();
      Optional<String> own = Optional.ofNullable(config.queue());
      List<QueueRequest> queues = HandlerQueues.of(amqp, own, runner.terms().topics());
      inlets.add(new AmqpInlet(runner, amqp, queues, schemas));
    }
    if (config.bus().contains(Bus.ZMQ)) {
      inlets.add(
          new ZmqInlet(
              store,
              runner,
              services.config().streams(),
              services.config().dedup(),
              replay,
              () -> services.endpoints().current().replay().keySet(),
              clock,
              new SecureRandom()));
    }
    return inlets;
  }

  /** Returns the buses on which the handlers may publish. */
  Set<Bus> publishedOn() {
    Set<Bus> buses = EnumSet.noneOf(Bus.class);
    for (HandlerConfig handler : services.config().handlers().values()) {
      Bus only = handler.publishOn();
      buses.addAll(only == null ? handler.bus() : List.of(only));
    }
    return buses;
  }

  /** Returns who this is: a host may run several nodes, and a node that starts again is another. */
  private String holder() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return services.setup().host() + "-" + HexFormat.of().formatHex(random);
  }
}
