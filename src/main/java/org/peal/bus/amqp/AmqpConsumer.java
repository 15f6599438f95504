package org.peal.bus.amqp;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.List;
import org.peal.json.JsonLimits;
import org.peal.schema.Schemas;

/**
 * Consumes from queues of a broker and hands over their messages, each with the means to settle it
 * ({@link AmqpDelivery}). Thread-safe.
 *
 * <p>It stays until it is closed, whatever happens: a lost connection is opened again; a channel
 * that the broker closes, a queue that is deleted, refused or missing, are tried again after pauses
 * that grow to {@code amqp.reconnect-most}. Meanwhile {@link ConsumerStatus#isReady} is false and
 * {@link ConsumerStatus#firstProblem} says why; who would rather end than wait looks there, and
 * uses {@link #startQuietly}.
 *
 * <p>Delivery is at least once: what was not settled comes again. A queue keeps its order, but what
 * comes again after a lost connection comes before what follows it, not before what was under way.
 *
 * <p>To run something for each message, implement {@link AmqpHandler}:
 *
 * <pre>{@code
 * AmqpHandler handler = delivery -> {
 *   store(delivery.message());   // first make the outcome safe,
 *   delivery.ack();              // then settle
 * };
 * try (AmqpConsumer consumer = AmqpConsumer.start("mine", config, QueueRequest.of(config),
 *     schemas, handler)) { .. }
 * }</pre>
 */
public final class AmqpConsumer implements AutoCloseable {

  private final List<QueueConsumer> queues;
  private final AmqpLink link;
  private final boolean isCallerTelling;
  private final AmqpHandler handler;

  /** Whether all queues are consumed from; for the link's thread. */
  private boolean isConsuming;

  private volatile boolean wasReady;

  private AmqpConsumer(
      String name,
      AmqpConfig config,
      List<QueueRequest> requests,
      Schemas schemas,
      AmqpHandler handler,
      boolean isCallerTelling) {
    this.isCallerTelling = isCallerTelling;
    this.handler = handler;
    AmqpCodec codec = new AmqpCodec(schemas, JsonLimits.DEFAULT);
    this.queues =
        requests.stream()
            .map(
                request ->
                    new QueueConsumer(
                        name,
                        request,
                        config.qos().prefetch(),
                        config.reconnectMost(),
                        codec,
                        handler,
                        this::isToldByCaller))
            .toList();
    this.link =
        new AmqpLink(name, new AmqpConnector(config), config.reconnectMost(), new LinkUser());
  }

  /**
   * Starts a consumer; it connects in the background.
   *
   * @param name what threads are called after, and the broker shows
   */
  public static AmqpConsumer start(
      String name,
      AmqpConfig config,
      List<QueueRequest> requests,
      Schemas schemas,
      AmqpHandler handler) {
    return started(new AmqpConsumer(name, config, requests, schemas, handler, false));
  }

  /**
   * Starts a consumer for somebody who ends, and says why, when something is refused at the start:
   * until all queues are consumed the log keeps quiet about refusals. Otherwise as {@link #start}.
   */
  public static AmqpConsumer startQuietly(
      String name,
      AmqpConfig config,
      List<QueueRequest> requests,
      Schemas schemas,
      AmqpHandler handler) {
    return started(new AmqpConsumer(name, config, requests, schemas, handler, true));
  }

  private static AmqpConsumer started(AmqpConsumer consumer) {
    consumer.queues.forEach(QueueConsumer::start);
    consumer.link.start();
    return consumer;
  }

  private boolean isToldByCaller(AmqpProblem why) {
    return isCallerTelling && !wasReady && why.isRefusal();
  }

  /** Returns how it fares. */
  public ConsumerStatus status() {
    return new ConsumerStatus(
        link.isUp(),
        link.problem(),
        queues.stream().map(QueueConsumer::status).toList(),
        link.connects(),
        wasReady);
  }

  /**
   * Ends: hands nothing more over, waits a bounded time for handlers to return, and closes the
   * connection. What is not settled by then comes again.
   */
  @Override
  public void close() {
    queues.forEach(QueueConsumer::close);
    link.close();
  }

  private final class LinkUser implements AmqpLink.User {

    @Override
    public void connected(Connection connection) throws IOException {
      queues.forEach(QueueConsumer::connected);
      tick(connection);
    }

    @Override
    public void tick(Connection connection) throws IOException {
      for (QueueConsumer queue : queues) {
        queue.tick(connection);
      }
      boolean wasConsuming = isConsuming;
      isConsuming = queues.stream().allMatch(queue -> queue.status().consuming());
      wasReady |= isConsuming;
      if (isConsuming && !wasConsuming) {
        handler.consuming();
      }
    }

    @Override
    public boolean disconnected(AmqpProblem why) {
      isConsuming = false;
      return isToldByCaller(why);
    }

    @Override
    public void idle() {}
  }
}
