package org.peal.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpConsumer;
import org.peal.bus.amqp.AmqpDelivery;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.Binding;
import org.peal.bus.amqp.ConsumerStatus;
import org.peal.bus.amqp.QueueRequest;
import org.peal.bus.amqp.QueueTerms;
import org.peal.message.MessageId;
import org.peal.schema.Schemas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one of several bridges publish to the broker: the one whose connection owns an exclusive
 * queue. The others read on queues of their own what has been published, and strike it from their
 * journals; so whoever takes over repeats little. A bridge's own copies strike nothing: that one is
 * seen does not say that other queues have it on disk, which only the confirmation does.
 * Thread-safe.
 */
final class Leadership implements AutoCloseable {

  static final String LEADER = "peal.bridge.leader";
  static final String SEEN = "peal.bridge.seen.";

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  /** What others have published is known when nothing came for so long. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** Who leads does not wait for quiet for ever, since its own messages come too. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private static final int EXPIRES_MILLIS = 24 * 3600 * 1000;
  private static final int MOST_SEEN = 1_000_000;

  private final String bridge;
  private final boolean isCompat;
  private final Journal journal;
  private final Crossed crossed;
  private final InstantSource clock;
  private final AmqpConsumer lock;
  private final AmqpConsumer seen;
  private Optional<Instant> owner = Optional.empty();
  private boolean isLeading;

  /**
   * Takes part at once.
   *
   * @param isCompat whether the bridge puts no marks on messages
   */
  Leadership(
      String bridge,
      boolean isCompat,
      AmqpConfig config,
      String exchange,
      Journal journal,
      Crossed crossed,
      InstantSource clock) {
    this.bridge = bridge;
    this.isCompat = isCompat;
    this.journal = journal;
    this.crossed = crossed;
    this.clock = clock;
    String queue = SEEN + bridge;
    this.seen =
        AmqpConsumer.start(
            "bridge-seen",
            config,
            List.of(
                new QueueRequest(
                    queue,
                    Optional.of(terms()),
                    List.of(new Binding(queue, exchange, List.of("#"))))),
            Schemas.builtIn(),
            this::seen);
    this.lock =
        AmqpConsumer.start(
            "bridge-leader",
            config,
            List.of(new QueueRequest(LEADER, Optional.of(QueueTerms.TEMPORARY), List.of())),
            Schemas.builtIn(),
            AmqpDelivery::ack);
  }

  private static QueueTerms terms() {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    arguments.put("x-expires", EXPIRES_MILLIS);
    arguments.put("x-max-length", MOST_SEEN);
    return new QueueTerms(true, false, false, arguments);
  }

  private void seen(AmqpDelivery delivery) {
    AmqpMessage message = delivery.message();
    Optional<String> id = message.id().filter(text -> !text.isEmpty());
    if (id.isEmpty() || isOwn(message, bridge, isCompat && leads())) {
      delivery.ack();
      return;
    }
    journal
        .publishedElsewhere(
            new MessageId(id.get()),
            crossed.record(Direction.TO_AMQP, id.get(), message.topic(), message.body()))
        .whenComplete((done, error) -> delivery.ack());
  }

  /**
   * Tells whether a bridge has published a message itself.
   *
   * @param isOnlyOneWithoutMarks whether what has no marks is taken for its own
   */
  static boolean isOwn(AmqpMessage message, String bridge, boolean isOnlyOneWithoutMarks) {
    List<String> path = Marks.of(message.headers()).path();
    return path.isEmpty() ? isOnlyOneWithoutMarks : path.get(path.size() - 1).equals(bridge);
  }

  private synchronized boolean leads() {
    return isLeading;
  }

  /** Tells whether this bridge publishes now. */
  synchronized boolean isLeading() {
    ConsumerStatus status = lock.status();
    Instant now = clock.instant();
    if (!status.isReady()) {
      if (isLeading) {
        LOG.warn("this bridge leads no longer");
      }
      owner = Optional.empty();
      isLeading = false;
      return false;
    }
    Instant since = owner.orElse(now);
    owner = Optional.of(since);
    if (!isLeading && isCaughtUp(since, now)) {
      isLeading = true;
      LOG.info("this bridge leads");
    }
    return isLeading;
  }

  private boolean isCaughtUp(Instant since, Instant now) {
    Instant last =
        seen.status().queues().stream()
            .flatMap(queue -> queue.lastMessage().stream())
            .findFirst()
            .filter(time -> time.isAfter(since))
            .orElse(since);
    boolean isQuiet = seen.status().isReady() && !now.isBefore(last.plus(QUIET));
    return isQuiet || now.isAfter(since.plus(MOST));
  }

  /** Returns why nobody can tell who leads, if so. */
  Optional<String> problem() {
    return lock.status().connected()
        ? Optional.empty()
        : lock.status().firstProblem().map(problem -> problem.text());
  }

  @Override
  public void close() {
    lock.close();
    seen.close();
  }
}
