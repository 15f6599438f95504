package org.peal.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Bus;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.metrics.Sample;
import org.peal.store.Database;

/**
 * The ways of what handlers publish where the parts do not run that publish: through the node of
 * this host on ZeroMQ, and straight to the broker on AMQP. For the thread that makes parts.
 */
final class HandlerOutlets implements AutoCloseable {

  private final NodeServices services;
  private final Database database;

  /** What is to be closed, the last one first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private volatile @Nullable BrokerOutlet broker;

  HandlerOutlets(NodeServices services, Database database) {
    this.services = services;
    this.database = database;
  }

  /** Starts the ways that are needed to publish on some buses. */
  void start(Set<Bus> buses) {
    List<PartName> parts = services.config().node().parts();
    if (buses.contains(Bus.ZMQ) && !parts.contains(PartName.PUBLISHER)) {
      SubmitOutlet outlet = new SubmitOutlet(this::socket);
      open.push(outlet);
      pump(OutboxPump.ZMQ, outlet);
    }
    if (buses.contains(Bus.AMQP) && !parts.contains(PartName.AMQP_PUBLISHER)) {
      AmqpConfig config = services.config().amqp();
      BrokerOutlet outlet = BrokerOutlet.start(config, config.readSchemas());
      open.push(outlet);
      broker = outlet;
      pump(OutboxPump.AMQP, outlet);
    }
  }

  private void pump(String bus, OutboxPump.Outlet outlet) {
    OutboxPump pump = new OutboxPump(database, bus, outlet);
    open.push(pump);
    open.push(services.onOutbox(pump::wake)::run);
    open.push(services.metrics().add(() -> samples(bus, pump))::run);
    pump.start();
  }

  private static List<Sample> samples(String bus, OutboxPump pump) {
    return List.of(
        Sample.gauge(
            "peal_handler_outbox_rows",
            "messages of handlers that wait to be published",
            Map.of("bus", bus),
            (double) pump.rows()),
        pump.failed());
  }

  private Path socket() {
    Path said = services.config().node().submit();
    List<Path> sockets =
        services
            .setup()
            .folders()
            .meetingPlaces()
            .map(folder -> folder.resolve(SubmitSockets.USUAL))
            .toList();
    return said != null
        ? said
        : sockets.stream().filter(Files::isWritable).findFirst().orElse(sockets.get(0));
  }

  /** Returns what keeps messages from the broker at present; called by any thread. */
  List<String> troubles() {
    BrokerOutlet outlet = broker;
    return outlet == null ? List.of() : outlet.troubles();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      Closing.quietly(open.pop());
    }
  }
}
