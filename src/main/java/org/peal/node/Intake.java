package org.peal.node;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.OrderedPipeline;
import org.peal.bus.RawMessage;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;

/**
 * Subscribes, works on what comes in on all cores, and hands the results on in the order of arrival
 * on one thread.
 *
 * <p>What is under way is bounded: a slow sink makes the sockets pause, so that TCP holds the
 * publishers back. Thread-safe.
 *
 * @param <O> what becomes of a message
 */
final class Intake<O> implements AutoCloseable {

  /** Bytes that may be under way; a parsed message takes many times its size. */
  private static final int UNDER_WAY = 8 << 20;

  /** What a message costs besides its bytes. */
  private static final int OVERHEAD = 1024;

  private final OrderedPipeline<RawMessage, O> pipeline;
  private final Subscriptions subscriptions;

  /**
   * Makes an intake; nothing is connected before {@link #follow} or {@link #bind}.
   *
   * @param prefixes the topics to subscribe to; one empty text stands for all
   * @param work done for each message, on any thread
   * @param sink gets what became of the messages, one at a time
   */
  Intake(
      ZmqTransport transport,
      Collection<String> prefixes,
      Function<RawMessage, O> work,
      Consumer<O> sink) {
    this.pipeline =
        new OrderedPipeline<>(
            "verify",
            Runtime.getRuntime().availableProcessors(),
            UNDER_WAY,
            message -> OVERHEAD + message.payload().length,
            work,
            sink,
            this::resume);
    this.subscriptions = new Subscriptions(transport, prefixes, pipeline::trySubmit);
    this.pipeline.start();
  }

  private void resume() {
    subscriptions.resume();
  }

  void avoid(Publication publication) {
    subscriptions.avoid(publication);
  }

  void follow(Map<String, List<Endpoint>> endpoints) {
    subscriptions.follow(endpoints);
  }

  Endpoint bind(String name, Endpoint address) {
    return subscriptions.bind(name, address);
  }

  List<SubscriptionStatus> status() {
    return subscriptions.status();
  }

  /** Returns what the work or the sink threw, after which nothing is handed on; null if nothing. */
  @Nullable Throwable failure() {
    return pipeline.failure();
  }

  /** Stops receiving, hands on what is under way before the deadline, and ends. */
  void drain(Deadline deadline) throws InterruptedException {
    subscriptions.close();
    pipeline.finish(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    subscriptions.close();
    pipeline.close();
  }
}
