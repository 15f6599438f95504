package org.peal.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.bus.RawMessage;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpConsumer;
import org.peal.bus.amqp.Binding;
import org.peal.bus.amqp.ConsumerStatus;
import org.peal.bus.amqp.QueueRequest;
import org.peal.bus.amqp.QueueTerms;
import org.peal.metrics.Sample;
import org.peal.schema.Schemas;
import org.peal.store.Database;
import org.peal.stream.Sink;

/**
 * Takes messages from one bus to the other, at least once, in order, and each only once as far as
 * {@code dedup} remembers. Thread-safe.
 *
 * <p>It talks to the broker itself; whoever makes it gives it what comes from ZeroMQ by {@link
 * #sink} and lets it publish there by {@link ZmqOutlet}.
 */
public final class Bridge implements AutoCloseable {

  private static final String TO_AMQP = "bridge_to_amqp_";
  private static final String TO_ZMQ = "bridge_to_zmq_";

  /**
   * What a bridge works with.
   *
   * @param id its name in {@code peal-path}
   * @param database stays the maker's
   * @param state the folder of what must survive the process
   * @param look verifies a message of ZeroMQ once more
   */
  public record Surroundings(
      String id,
      BridgeConfig config,
      AmqpConfig amqp,
      Database database,
      Path state,
      ZmqOutlet outlet,
      Function<RawMessage, Delivery> look,
      InstantSource clock) {}

  private final Surroundings around;
  private final Optional<ToAmqp> toAmqp;
  private final Optional<ToZmq> toZmq;
  private final Tally zmqTally = new Tally();
  private final Again again;
  private volatile @Nullable AmqpConsumer consumer;

  /** Makes a bridge, which does nothing before {@link #start}. */
  public Bridge(Surroundings around) {
    this.around = around;
    DeadLetters letters = new DeadLetters(around.state());
    ServiceTable services = new ServiceTable(around.state());
    Crossed crossed = new Crossed(around.database(), around.clock());
    toAmqp =
        goes(Direction.TO_AMQP) ? Optional.of(makeToAmqp(letters, services)) : Optional.empty();
    toZmq =
        goes(Direction.TO_ZMQ)
            ? Optional.of(makeToZmq(letters, crossed, services))
            : Optional.empty();
    again = new Again(letters, around.look(), toAmqp, toZmq, services, around.clock());
  }

  private boolean goes(Direction direction) {
    return around.config().directions().contains(direction);
  }

  private ToAmqp makeToAmqp(DeadLetters letters, ServiceTable services) {
    return new ToAmqp(
        around.id(),
        around.config(),
        around.amqp(),
        around.database(),
        letters,
        services,
        around.clock());
  }

  private ToZmq makeToZmq(DeadLetters letters, Crossed crossed, ServiceTable services) {
    Rules rules = around.config().toZmqRules(around.id());
    InstantSource clock = around.clock();
    ToZmq.Conversion conversion =
        around.config().compat()
            ? ToZmq.compat(new CompatToZmq(rules, clock, clock), around.outlet())
            : new AmqpToZmq(rules, around.config().toZmq().restoreOrigin(), clock)::convert;
    return new ToZmq(
        conversion,
        around.outlet(),
        around.database(),
        crossed,
        letters,
        zmqTally,
        services,
        clock);
  }

  /** Connects to the broker in the background and lets messages cross. */
  public void start() {
    toAmqp.ifPresent(ToAmqp::start);
    toZmq.ifPresent(
        direction -> {
          direction.start();
          consumer =
              AmqpConsumer.start(
                  "bridge", around.amqp(), List.of(queue()), Schemas.builtIn(), direction);
        });
    again.start();
  }

  private QueueRequest queue() {
    ToZmqConfig config = around.config().toZmq();
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    arguments.put("x-single-active-consumer", true);
    boolean isMade = !around.amqp().passiveDeclares();
    return new QueueRequest(
        config.queue(),
        isMade ? Optional.of(new QueueTerms(true, false, false, arguments)) : Optional.empty(),
        isMade ? List.of(new Binding(config.queue(), config.exchange(), List.of("#"))) : List.of());
  }

  /** Returns what is to be given the messages of ZeroMQ; empty if they do not cross. */
  public Optional<Sink> sink() {
    return toAmqp.map(ToAmqp::sink);
  }

  /** Returns why messages do not cross at the moment, a line for each reason. */
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    toAmqp.flatMap(ToAmqp::problem).ifPresent(why -> troubles.add("to-amqp: " + why));
    toZmq.flatMap(ToZmq::problem).ifPresent(why -> troubles.add("to-zmq: " + why));
    AmqpConsumer consuming = consumer;
    if (consuming != null && !consuming.status().isReady()) {
      troubles.add(
          "to-zmq: "
              + consuming
                  .status()
                  .firstProblem()
                  .map(problem -> problem.text())
                  .orElse("the queue is not consumed yet"));
    }
    age(Direction.TO_AMQP).ifPresent(age -> late(Direction.TO_AMQP, age, troubles));
    age(Direction.TO_ZMQ).ifPresent(age -> late(Direction.TO_ZMQ, age, troubles));
    return troubles;
  }

  private void late(Direction direction, Duration age, List<String> troubles) {
    if (age.compareTo(around.config().mostAge()) <= 0) {
      return;
    }
    // Only who leads publishes; what the others have besides waits until they do.
    boolean isLeft = direction == Direction.TO_AMQP && !isLeading();
    troubles.add(
        "%s: a message waits for %d s%s"
            .formatted(
                direction,
                age.toSeconds(),
                isLeft ? ", and the bridge that leads has not published it" : ""));
  }

  private Optional<Duration> age(Direction direction) {
    return direction == Direction.TO_AMQP ? toAmqp.map(ToAmqp::age) : toZmq.map(ToZmq::age);
  }

  /** Tells whether this bridge is the one of several that publishes to the broker. */
  public boolean isLeading() {
    return toAmqp.map(ToAmqp::isLeading).orElse(true);
  }

  /** Returns numbers that only grow. */
  public Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    toAmqp.ifPresent(direction -> counters.putAll(direction.tally().counters(TO_AMQP)));
    toZmq.ifPresent(direction -> counters.putAll(zmqTally.counters(TO_ZMQ)));
    return counters;
  }

  /** Returns what is measured besides the counters. */
  public List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    toAmqp.ifPresent(direction -> addSamples(direction, samples));
    toZmq.ifPresent(
        direction -> {
          gauge(
              samples,
              TO_ZMQ + "waiting",
              "messages not yet in the log",
              (double) direction.waiting());
          gauge(
              samples, TO_ZMQ + "age_seconds", "of the first that waits", seconds(direction.age()));
          gauge(samples, TO_ZMQ + "lag_seconds", "age of the last", seconds(zmqTally.lag()));
        });
    AmqpConsumer consuming = consumer;
    if (consuming != null) {
      ConsumerStatus status = consuming.status();
      gauge(
          samples,
          TO_ZMQ + "connects",
          "connections to the broker so far",
          (double) status.connects());
    }
    return samples;
  }

  private static void addSamples(ToAmqp direction, List<Sample> samples) {
    Tally tally = direction.tally();
    gauge(samples, TO_AMQP + "journal", "messages not yet confirmed", (double) direction.waiting());
    gauge(samples, TO_AMQP + "age_seconds", "of the first of them", seconds(direction.age()));
    gauge(samples, TO_AMQP + "lag_seconds", "age of the last", seconds(tally.lag()));
    gauge(samples, TO_AMQP + "leads", "1 if it publishes", direction.isLeading() ? 1 : 0);
    double confirm =
        tally.confirms.sum() == 0 ? 0 : tally.confirmNanos.sum() / 1e9 / tally.confirms.sum();
    gauge(samples, TO_AMQP + "confirm_seconds", "mean time to a confirmation", confirm);
    direction
        .publisher()
        .ifPresent(
            status -> {
              gauge(
                  samples, TO_AMQP + "connects", "connections so far", (double) status.connects());
              gauge(samples, TO_AMQP + "repeated", "sent again", (double) status.repeated());
              gauge(
                  samples,
                  TO_AMQP + "unroutable",
                  "no queue took them",
                  (double) status.unroutable());
            });
  }

  private static void gauge(List<Sample> samples, String name, String help, double value) {
    samples.add(Sample.gauge("peal_" + name, help, Map.of(), value));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** Takes nothing more from either bus; what was begun is finished within bounds. */
  @Override
  public void close() {
    AmqpConsumer consuming = consumer;
    if (consuming != null) {
      consuming.close();
    }
    again.close();
    toZmq.ifPresent(ToZmq::close);
    toAmqp.ifPresent(ToAmqp::close);
  }
}
