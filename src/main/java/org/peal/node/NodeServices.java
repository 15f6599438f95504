package org.peal.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.config.ConfigException;
import org.peal.crypto.TrustException;
import org.peal.crypto.Verifier;
import org.peal.metrics.Metrics;
import org.peal.store.Database;

/** What the parts of a node share under one configuration. For the thread that makes the parts. */
public final class NodeServices {

  private final NodeSetup setup;
  private final ZmqTransport transport;
  private final EndpointFeed endpoints;
  private final Metrics metrics;
  private final NodeStore store;
  private final OwnBus ownBus;
  private @Nullable Verifier verifier;

  NodeServices(
      NodeSetup setup,
      ZmqTransport transport,
      EndpointFeed endpoints,
      Metrics metrics,
      NodeStore store,
      OwnBus ownBus) {
    this.ownBus = ownBus;
    this.metrics = metrics;
    this.store = store;
    this.setup = setup;
    this.transport = transport;
    this.endpoints = endpoints;
  }

  /** Returns what the node was told. */
  public NodeSetup setup() {
    return setup;
  }

  /** Returns the configuration. */
  public PealConfig config() {
    return setup.config();
  }

  /** Returns the one transport of the node. */
  public ZmqTransport transport() {
    return transport;
  }

  /**
   * Returns where a part adds what it measures besides the counters of its status, and removes it
   * when it is closed.
   */
  public Metrics metrics() {
    return metrics;
  }

  /**
   * Returns the one database of the node; it is opened by the first part that starts with it, and
   * closed after the last part.
   *
   * @throws org.peal.store.StoreException if it cannot be opened
   */
  public Database database() {
    return store.open(setup);
  }

  /**
   * Returns how long the log keeps messages at least, as far as their age is concerned: what the
   * database was opened with, whatever the configuration says by now. Empty if age does not end
   * them.
   *
   * @throws org.peal.store.StoreException if the database cannot be opened
   */
  public Optional<Duration> retention() {
    store.open(setup);
    return store.opened().map(config -> config.retention().age()).filter(age -> !age.isZero());
  }

  /** Returns the node's own publisher, for parts that publish. */
  OwnBus ownBus() {
    return ownBus;
  }

  /**
   * Runs something whenever there may be more in the outbox of the database.
   *
   * @return ends that when it is run
   */
  Runnable onOutbox(Runnable reader) {
    return store.onOutbox(reader);
  }

  /** Tells that there is more in the outbox of the database. */
  void outboxGrew() {
    store.outboxGrew();
  }

  /** Returns the file of the database, whether or not it is open. */
  Path databaseFile() {
    return NodeStore.file(config().store(), setup.folders());
  }

  /** Returns the publishers that are known. */
  public EndpointFeed endpoints() {
    return endpoints;
  }

  /**
   * Returns the one verifier of the node.
   *
   * @throws ConfigException if there is nothing to trust
   * @throws TrustException if what is to be trusted cannot be loaded
   */
  public Verifier verifier() {
    if (verifier == null) {
      verifier = Trust.required(config().crypto());
    }
    return verifier;
  }

  /**
   * Returns the verifier if {@code crypto.validate} is true. An authority alone does not make a
   * relay verify: fedmsg's do not, and nobody on the bus is to notice a difference.
   */
  Optional<Verifier> verifierIfTold() {
    return Boolean.TRUE.equals(config().crypto().validate())
        ? Optional.of(verifier())
        : Optional.empty();
  }
}
