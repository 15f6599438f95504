package org.peal.bus.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peal.Backoff;
import org.peal.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes from one queue on a channel of its own, and sets the channel up anew when it is closed,
 * when the broker ends the consumer, or when the watchdog finds that the broker knows no consumer.
 * The link's thread sets up and watches; a thread of its own hands messages over.
 *
 * <pre>
 *   declare (or look), bind, prefetch, consume --> consuming
 *        ^                                            | channel closed, cancelled, found deaf
 *        +------------------ pause -------------------+
 * </pre>
 */
final class QueueConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final long TAKE_MILLIS = 500;
  private static final long JOIN_MILLIS = 5_000;

  /** A message on its way from the library's thread to ours. */
  private record Arrival(
      Subscription subscription, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {}

  private final String name;
  private final QueueRequest request;
  private final int prefetch;
  private final AmqpCodec codec;
  private final AmqpHandler handler;
  private final Predicate<AmqpProblem> isTold;
  private final QueueTally tally = new QueueTally();
  private final Backoff backoff;

  /** Pauses before messages that a handler failed at go back. */
  private final Backoff faults;

  private final CountDownLatch ended = new CountDownLatch(1);

  /** Bounded by the prefetch: the broker sends no more before some are settled. */
  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  private final Thread worker;
  private volatile @Nullable Subscription current;
  private volatile @Nullable AmqpProblem problem;

  /** Not before then is subscribed anew; written before {@link #current} is emptied. */
  private volatile long retryAt;

  private long lookAt;

  /**
   * Makes a consumer, which does nothing before {@link #start}.
   *
   * @param name what the consumer's tag begins with, so that the broker's operator knows it
   * @param most the longest pause before something is tried again
   * @param isTold of which problems somebody else tells people, so that the log need not
   */
  QueueConsumer(
      String name,
      QueueRequest request,
      int prefetch,
      Duration most,
      AmqpCodec codec,
      AmqpHandler handler,
      Predicate<AmqpProblem> isTold) {
    this.name = name;
    this.request = request;
    this.prefetch = prefetch;
    this.codec = codec;
    this.handler = handler;
    this.isTold = isTold;
    this.backoff = new Backoff(FIRST_PAUSE, most, new SplittableRandom());
    this.faults = new Backoff(FIRST_PAUSE, most, new SplittableRandom());
    this.worker = Threads.daemon("peal-amqp-queue", this::work);
  }

  void start() {
    worker.start();
  }

  /** Sets up, or looks after what is set up. Called by the link's thread. */
  void tick(Connection connection) throws IOException {
    long now = System.nanoTime();
    Subscription subscription = current;
    if (subscription == null) {
      if (retryAt - now <= 0) {
        subscribe(connection);
      }
    } else if (lookAt - now <= 0) {
      lookAt = now + LOOK.toNanos();
      look(connection, subscription);
    }
  }

  /** Begins with the first pause again, on a new connection at once. */
  void connected() {
    retryAt = System.nanoTime();
  }

  private void subscribe(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      broken(new AmqpProblem(AmqpProblem.Kind.INTERNAL, "no more channels are allowed"));
      return;
    }
    AmqpProblem.Kind stage = AmqpProblem.Kind.TOPOLOGY;
    try {
      String queue = declare(channel);
      for (Binding binding : request.bindings()) {
        for (String key : binding.routingKeys()) {
          channel.queueBind(queue, binding.exchange(), key);
        }
      }
      channel.basicQos(prefetch);
      Subscription made = new Subscription(channel, queue);
      stage = AmqpProblem.Kind.UNREADABLE;
      current = made;
      channel.addShutdownListener(why -> closed(made, why));
      channel.basicConsume(queue, false, name + "-" + UUID.randomUUID(), made);
      problem = null;
      lookAt = System.nanoTime() + LOOK.toNanos();
      made.isKnown = true;
      ShutdownSignalException reason = channel.getCloseReason();
      if (reason != null) {
        closed(made, reason);
      }
    } catch (IOException | ShutdownSignalException e) {
      current = null;
      if (!connection.isOpen()) {
        throw e;
      }
      broken(AmqpProblem.ofClosed(stage, "queue " + request.shownName(), e));
      abort(channel); // the broker may have made a consumer on it all the same
    }
  }

  private void abort(Channel channel) {
    try {
      channel.abort();
    } catch (IOException | ShutdownSignalException e) {
      LOG.debug("a channel of queue {}", request.shownName(), e);
    }
  }

  private String declare(Channel channel) throws IOException {
    if (request.terms().isEmpty()) {
      return channel.queueDeclarePassive(request.name()).getQueue();
    }
    QueueTerms terms = request.terms().get();
    Map<String, Object> arguments = HeaderTable.write(terms.arguments());
    return channel
        .queueDeclare(
            request.name(), terms.durable(), terms.exclusive(), terms.autoDelete(), arguments)
        .getQueue();
  }

  /** Asks the broker, on another channel, whether the queue is there and has a consumer. */
  private void look(Connection connection, Subscription subscription) throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      return;
    }
    try {
      if (channel.queueDeclarePassive(subscription.queue).getConsumerCount() == 0) {
        lost(subscription, deaf("the broker knows no consumer of it"));
      } else {
        settled();
      }
    } catch (IOException | ShutdownSignalException e) {
      if (!connection.isOpen()) {
        throw e;
      }
      lost(
          subscription,
          deaf(AmqpProblem.closed(e).map(AmqpProblem::reason).orElseGet(e::toString)));
    } finally {
      abort(channel);
    }
  }

  private synchronized void settled() {
    backoff.reset();
  }

  private AmqpProblem deaf(String why) {
    return new AmqpProblem(AmqpProblem.Kind.CANCELLED, "queue " + request.shownName() + ": " + why);
  }

  private void closed(Subscription subscription, ShutdownSignalException why) {
    if (why.isHardError() || why.isInitiatedByApplication()) {
      lost(subscription, null); // the link says what has become of the connection
    } else {
      lost(
          subscription,
          AmqpProblem.ofClosed(
              AmqpProblem.Kind.CHANNEL,
              "the channel of queue " + request.shownName() + " was closed",
              why));
    }
  }

  /** Gives a subscription up, once; a problem of the connection is not its own. */
  private synchronized void lost(Subscription subscription, @Nullable AmqpProblem why) {
    if (current != subscription || !subscription.isKnown) {
      return;
    }
    if (why == null) {
      retryAt = System.nanoTime();
    } else {
      if (why.kind() == AmqpProblem.Kind.CANCELLED) {
        tally.cancelled();
      }
      broken(why);
    }
    current = null; // from here on the link's thread may subscribe anew
    tally.lost(subscription);
    subscription.abandon();
  }

  private synchronized void broken(AmqpProblem why) {
    if (!why.equals(problem) && !isTold.test(why)) {
      LOG.warn("{}", why.text());
    }
    problem = why;
    retryAt = System.nanoTime() + backoff.next();
  }

  private void work() {
    try {
      while (ended.getCount() > 0) {
        Arrival arrival = arrivals.poll(TAKE_MILLIS, TimeUnit.MILLISECONDS);
        if (arrival != null && arrival.subscription() == current) {
          handle(arrival);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Arrival arrival) throws InterruptedException {
    Envelope envelope = arrival.envelope();
    Received received =
        codec.decode(
            envelope.getRoutingKey(),
            arrival.properties(),
            arrival.body(),
            arrival.subscription().queue);
    tally.received();
    Settlement settlement =
        new Settlement(arrival.subscription(), envelope.getDeliveryTag(), tally);
    try {
      if (received instanceof Received.Valid valid) {
        handler.handle(new QueueDelivery(valid, envelope, settlement));
        faults.reset();
      } else if (received instanceof Received.Invalid invalid) {
        invalid(invalid, settlement);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "message {} goes back to queue {}: a fault of its handler",
          arrival.properties().getMessageId(),
          arrival.subscription().queue,
          e);
      // Not at once: it would come again at once.
      ended.await(faults.next(), TimeUnit.NANOSECONDS);
      settlement.settle(Settlement.How.REQUEUE);
    }
  }

  private void invalid(Received.Invalid message, Settlement settlement) {
    tally.invalid();
    LOG.warn(
        "message {} with topic {} is refused: {}",
        message.id().orElse("without an id"),
        message.topic(),
        message.reason());
    try {
      handler.invalid(message);
    } finally {
      settlement.settle(Settlement.How.REJECT);
    }
  }

  QueueStatus status() {
    Subscription subscription = current;
    boolean consuming =
        subscription != null && subscription.isKnown && subscription.channel.isOpen();
    return tally.status(
        subscription == null ? request.name() : subscription.queue,
        consuming,
        Optional.ofNullable(problem));
  }

  /** Takes no more messages over; waits a bounded time for the handler to return. */
  void close() {
    ended.countDown();
    try {
      worker.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The consumer on one channel. */
  final class Subscription extends DefaultConsumer {

    private final Channel channel;
    private final String queue;
    private volatile boolean isKnown;

    Subscription(Channel channel, String queue) {
      super(channel);
      this.channel = channel;
      this.queue = queue;
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      arrivals.add(new Arrival(this, envelope, properties, body));
    }

    @Override
    public void handleCancel(String tag) {
      isKnown = true;
      lost(this, deaf("the broker has ended the consumer, most likely the queue was deleted"));
    }

    private void abandon() {
      arrivals.removeIf(arrival -> arrival.subscription() == this);
      abort(channel);
    }
  }
}
