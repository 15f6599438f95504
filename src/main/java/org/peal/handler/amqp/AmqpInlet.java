package org.peal.handler.amqp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.Origin;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpConsumer;
import org.peal.bus.amqp.AmqpDelivery;
import org.peal.bus.amqp.AmqpHandler;
import org.peal.bus.amqp.AmqpProblem;
import org.peal.bus.amqp.ConsumerStatus;
import org.peal.bus.amqp.QueueRequest;
import org.peal.bus.amqp.QueueStatus;
import org.peal.bus.amqp.Received;
import org.peal.handler.Ending;
import org.peal.handler.Fate;
import org.peal.handler.HandlerRunner;
import org.peal.handler.Inlet;
import org.peal.handler.Message;
import org.peal.schema.Schemas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues of a broker as a way to one handler. A message is taken out of its queue when what came of
 * it is committed, and not before; at most {@code amqp.qos.prefetch-count} of them are in hand.
 * Thread-safe.
 */
public final class AmqpInlet implements Inlet {

  private static final Logger LOG = LoggerFactory.getLogger(AmqpInlet.class);
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

  private final HandlerRunner runner;
  private final AmqpConfig config;
  private final List<QueueRequest> queues;
  private final Schemas schemas;
  private final AtomicLong refused = new AtomicLong();
  private volatile @Nullable AmqpConsumer consumer;
  private final Ending ending;
  private volatile boolean isEnding;

  /** How many messages the handler has, or had and are not yet committed. */
  private int inHand;

  /**
   * Makes a way; nothing moves before {@link #start}.
   *
   * @param runner stays the caller's
   * @param queues not empty
   */
  public AmqpInlet(
      HandlerRunner runner, AmqpConfig config, List<QueueRequest> queues, Schemas schemas) {
    this.runner = runner;
    this.config = config;
    this.queues = List.copyOf(queues);
    this.schemas = schemas;
    this.ending = new Ending(runner.terms().name());
  }

  @Override
  public synchronized void start() {
    if (isEnding) {
      return;
    }
    String name = runner.terms().name();
    Taker taker = new Taker();
    consumer =
        config.endsOnFailure()
            ? AmqpConsumer.startQuietly(name, config, queues, schemas, taker)
            : AmqpConsumer.start(name, config, queues, schemas, taker);
  }

  /** Gives the handler what comes. */
  private final class Taker implements AmqpHandler {

    @Override
    public void handle(AmqpDelivery delivery) {
      Origin origin = new Origin(delivery.exchange(), config.amqpUrl().toString());
      Optional<Message> message = BrokeredMessage.of(delivery.message(), origin);
      if (message.isEmpty()) {
        refused.incrementAndGet();
        LOG.warn("handler {}: a message without a topic is refused", runner.terms().name());
        delivery.reject();
      } else if (begin()) {
        hand(message.get(), delivery);
      }
    }

    @Override
    public void invalid(Received.Invalid message) {
      refused.incrementAndGet();
    }

    @Override
    public void consuming() {
      String names = queues.stream().map(QueueRequest::shownName).collect(Collectors.joining(", "));
      LOG.info(
          "handler {} consumes from {}: queue {}", runner.terms().name(), config.amqpUrl(), names);
    }
  }

  private void hand(Message message, AmqpDelivery delivery) {
    try {
      runner
          .accept(message, delivery.isRedelivered())
          .whenComplete((fate, error) -> settle(delivery, fate, error));
    } catch (RuntimeException | Error e) {
      ending.because(e);
      end();
    }
  }

  /** What is not settled comes again. */
  private void settle(AmqpDelivery delivery, @Nullable Fate fate, @Nullable Throwable error) {
    if (error != null) {
      ending.because(error);
    } else if (fate == Fate.FORGET) {
      delivery.ack();
    } else if (fate == Fate.REJECT) {
      delivery.reject();
    }
    end();
  }

  private synchronized boolean begin() {
    if (isEnding || ending.why() != null) {
      return false;
    }
    inHand++;
    return true;
  }

  private synchronized void end() {
    inHand--;
    notifyAll();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("refused", refused.get());
    AmqpConsumer running = consumer;
    if (running != null) {
      ConsumerStatus status = running.status();
      counters.put("amqp_connects", status.connects());
      for (QueueStatus queue : status.queues()) {
        counters.merge("amqp_received", queue.received(), Long::sum);
        counters.merge("amqp_acked", queue.acked(), Long::sum);
        counters.merge("amqp_rejected", queue.rejected(), Long::sum);
        counters.merge("amqp_cancelled", queue.cancelled(), Long::sum);
        counters.merge("amqp_unsettled", (long) queue.open(), Long::sum);
      }
    }
    return counters;
  }

  @Override
  public List<String> troubles() {
    AmqpConsumer running = consumer;
    Optional<ConsumerStatus> status = Optional.ofNullable(running).map(AmqpConsumer::status);
    if (status.filter(ConsumerStatus::isReady).isPresent()) {
      return List.of();
    }
    String why =
        status
            .flatMap(ConsumerStatus::firstProblem)
            .map(AmqpProblem::text)
            .orElse("not yet consuming from " + config.amqpUrl());
    return List.of("handler " + runner.terms().name() + ": " + why);
  }

  @Override
  public @Nullable Throwable failure() {
    AmqpConsumer running = consumer;
    Throwable why = ending.why();
    if (why != null || running == null || !config.endsOnFailure()) {
      return why;
    }
    return running.status().ending().orElse(null);
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    isEnding = true;
    awaitCommits(deadline);
    closeConsumer();
  }

  private synchronized void awaitCommits(Deadline deadline) throws InterruptedException {
    long left = deadline.left().toMillis();
    while (inHand > 0 && left > 0) {
      TimeUnit.MILLISECONDS.timedWait(this, left);
      left = deadline.left().toMillis();
    }
  }

  private void closeConsumer() {
    AmqpConsumer running = consumer;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      isEnding = true;
    }
    try {
      awaitCommits(Deadline.after(PATIENCE_AT_END));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeConsumer();
  }
}
