package org.peal.node;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.PealException.Category;
import org.peal.bridge.Bridge;
import org.peal.bridge.BridgeConfig;
import org.peal.bridge.Direction;
import org.peal.bridge.SignaturePolicy;
import org.peal.bus.Delivery;
import org.peal.bus.RawMessage;
import org.peal.crypto.Verified;
import org.peal.crypto.Verifier;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.metrics.Sample;
import org.peal.node.replay.ReplayClient;
import org.peal.node.replay.ReplayClientOptions;
import org.peal.store.Database;
import org.peal.stream.DurableSubscriber;
import org.peal.stream.Sink;
import org.peal.stream.StreamCounters;

/**
 * The bridge to the broker, as a part of a node: follows the publishers of ZeroMQ without gaps, and
 * publishes there what comes from the broker.
 */
final class BridgePart implements NodePart {

  private static final String SUBSCRIBER = "bridge";

  /** Publishers without a log whose names the summary tells. */
  private static final int NAMED = 5;

  private final NodeServices services;
  private final BridgeConfig config;
  private final Optional<Verifier> verifier;

  /** What is to be closed, the last one first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private volatile @Nullable Bridge bridge;
  private volatile @Nullable DurableSubscriber subscriber;
  private volatile @Nullable Receiver receiver;

  BridgePart(NodeServices services) {
    this.services = services;
    this.config = services.config().bridge();
    boolean isVerifying =
        config.directions().contains(Direction.TO_AMQP)
            && config.toAmqp().signatures() != SignaturePolicy.OFF;
    this.verifier = isVerifying ? Optional.of(services.verifier()) : Optional.empty();
    List<PartName> parts = services.config().node().parts();
    if (config.directions().contains(Direction.TO_ZMQ) && !parts.contains(PartName.PUBLISHER)) {
      throw new NodeException(
          "bridge cannot start: to-zmq publishes by the part publisher; add it to node.parts, or"
              + " take to-zmq out of bridge.directions",
          Category.PERMANENT,
          null);
    }
  }

  @Override
  public void start() {
    Database database = services.database();
    String said = config.id();
    Bridge made =
        new Bridge(
            new Bridge.Surroundings(
                said == null ? services.setup().name() : said,
                config,
                services.config().amqp(),
                database,
                services.setup().folders().state(),
                services.ownBus(),
                this::look,
                InstantSource.system()));
    bridge = made;
    open.push(made);
    made.start();
    made.sink().ifPresent(sink -> follow(database, sink));
    open.push(services.metrics().add(made::samples)::run);
  }

  /** Looks at a message as the receiver does. */
  private Delivery look(RawMessage raw) {
    if (verifier.isPresent()) {
      Verified verified = verifier.get().verify(raw.payload(), raw.topic());
      return new Delivery(raw, verified.tree(), Optional.of(verified.verdict()));
    }
    try {
      return new Delivery(
          raw, Optional.of(StrictJson.parse(raw.payload(), JsonLimits.DEFAULT)), Optional.empty());
    } catch (MalformedJsonException e) {
      return new Delivery(raw, Optional.empty(), Optional.empty());
    }
  }

  private void follow(Database database, Sink sink) {
    PealConfig all = services.config();
    ReplayClient replay =
        new ReplayClient(
            services.transport(),
            services.endpoints()::current,
            verifier,
            ReplayClientOptions.DEFAULT.withUnsignedSequenceIds(
                all.replay().unsignedSequenceIds()));
    open.push(replay);
    DurableSubscriber following =
        new DurableSubscriber(
            database,
            new DurableSubscriber.Subscription(
                SUBSCRIBER, Instant.now(), all.streams(), all.dedup()),
            replay,
            () -> services.endpoints().current().replay().keySet(),
            InstantSource.system(),
            new SecureRandom(),
            sink);
    subscriber = following;
    open.push(following);
    Receiver receiving =
        new Receiver(services.transport(), List.of(""), verifier, raw -> true, following::accept);
    receiver = receiving;
    open.push(receiving);
    open.push(services.endpoints().follow(receiving::follow)::run);
    open.push(services.metrics().add(() -> List.of(unanswerable()))::run);
    following.start();
  }

  /** What such publishers send while the bridge is away is lost, and cannot even be counted. */
  private Sample unanswerable() {
    return Sample.gauge(
        "peal_bridge_publishers_without_log",
        "publishers that cannot be asked for what was missed",
        Map.of(),
        withoutLog().size());
  }

  private Set<String> withoutLog() {
    return services.endpoints().current().withoutReplay();
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    Receiver receiving = receiver;
    if (receiving != null) {
      receiving.drain(deadline);
    }
  }

  @Override
  public PartStatus status() {
    Bridge running = bridge;
    if (running == null) {
      return PartStatus.of("not started");
    }
    Map<String, Long> counters = new LinkedHashMap<>(running.counters());
    DurableSubscriber following = subscriber;
    if (following != null) {
      StreamCounters streams = following.counters();
      counters.put("bridge_gaps_found", streams.gaps());
      counters.put("bridge_gaps_filled", streams.filled());
      counters.put("bridge_gaps_lost", streams.lost());
    }
    List<String> troubles = running.troubles();
    Receiver receiving = receiver;
    return new PartStatus(
            List.of(),
            failure(),
            summary(counters, running, following == null ? Set.of() : withoutLog(), troubles),
            counters,
            receiving == null ? List.of() : receiving.status(),
            troubles,
            OptionalInt.empty())
        .following(following == null ? List.of() : List.of(following.following()));
  }

  private Optional<String> failure() {
    DurableSubscriber following = subscriber;
    Receiver receiving = receiver;
    Throwable failure = following == null ? null : following.failure();
    if (failure == null && receiving != null) {
      failure = receiving.failure();
    }
    return failure == null
        ? Optional.empty()
        : Optional.of("ZeroMQ is followed no longer: " + failure);
  }

  private static String summary(
      Map<String, Long> counters, Bridge running, Set<String> withoutLog, List<String> troubles) {
    return "%d to the broker, %d to ZeroMQ%s%s%s"
        .formatted(
            counters.getOrDefault("bridge_to_amqp_bridged", 0L),
            counters.getOrDefault("bridge_to_zmq_bridged", 0L),
            running.isLeading() ? "" : ", stands by",
            withoutLog.isEmpty() ? "" : "; without a log: " + some(withoutLog),
            troubles.isEmpty() ? "" : "; " + String.join("; ", troubles));
  }

  private static String some(Set<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      Closing.quietly(open.pop());
    }
  }
}
