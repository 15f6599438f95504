package org.peal.node;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.peal.bus.Bus;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.handler.HandlerConfig;
import org.peal.handler.HandlerLine;
import org.peal.handler.HandlerRunner;
import org.peal.handler.HandlerTypes;
import org.peal.handler.LeasedLine;
import org.peal.handler.Line;
import org.peal.lease.Lease;
import org.peal.lease.LeaseConfig;
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

  HandlerLines(NodeServices services, InstantSource clock) {
    this.services = services;
    this.clock = clock;
  }

  /**
   * Makes the handler of a section, if only to see that it can be made.
   *
   * @throws ConfigException if the section is no good
   */
  HandlerTypes.Made handler(String name) {
    HandlerConfig config = config(name);
    if (config.lease() && !services.config().postgresql().isSet()) {
      throw new ConfigException(
          Place.named("configuration", Path.of("")),
          "handlers." + name + ".lease",
          "needs a database that nodes share: set postgresql.url");
    }
    if (config.bus().contains(Bus.AMQP)) {
      throw new ConfigException(
          Place.named("configuration", Path.of("")),
          "handlers." + name + ".bus",
          "handlers cannot get messages from amqp yet: leave it at zmq, or run peal bridge");
    }
    Duration window = services.config().dedup().windowFor(Duration.ZERO);
    return HandlerTypes.make(name, config, window, clock);
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
      return new HandlerLine(
          store,
          runner,
          services.config().streams(),
          services.config().dedup(),
          replay,
          () -> services.endpoints().current().replay().keySet(),
          clock,
          new SecureRandom());
    } catch (RuntimeException | Error e) {
      // The store may fail; with a lease that is tried again, each time with another handler.
      runner.close();
      throw e;
    }
  }

  /** Returns who this is: a host may run several nodes, and a node that starts again is another. */
  private String holder() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return services.setup().host() + "-" + HexFormat.of().formatHex(random);
  }
}
