package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peal.OrderedPipeline;
import org.peal.bus.Delivery;
import org.peal.bus.RawMessage;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verified;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/**
 * Subscribes, verifies on all cores, and delivers in the order of arrival on one thread.
 *
 * <p>What is under way is bounded: a slow consumer makes the sockets pause, so that TCP holds the
 * publishers back. Thread-safe.
 */
public final class Receiver implements AutoCloseable {

  /** Bytes that may be under way; a parsed message takes many times its size. */
  private static final int UNDER_WAY = 8 << 20;

  /** What a message costs besides its bytes. */
  private static final int OVERHEAD = 1024;

  private final OrderedPipeline<RawMessage, Optional<Delivery>> pipeline;
  private final Subscriptions subscriptions;
  private final Predicate<RawMessage> wanted;
  private final Optional<Verifier> verifier;

  /**
   * Makes a receiver; nothing is connected before {@link #follow} or {@link #bind}.
   *
   * @param prefixes the topics to subscribe to; one empty text stands for all
   * @param verifier judges the messages; empty for no verification
   * @param wanted decides by topic which messages are worth verifying, on any thread
   * @param consumer gets the messages, one at a time
   */
  public Receiver(
      ZmqTransport transport,
      Collection<String> prefixes,
      Optional<Verifier> verifier,
      Predicate<RawMessage> wanted,
      Consumer<Delivery> consumer) {
    this.wanted = wanted;
    this.verifier = verifier;
    this.pipeline =
        new OrderedPipeline<>(
            "verify",
            Runtime.getRuntime().availableProcessors(),
            UNDER_WAY,
            message -> OVERHEAD + message.payload().length,
            this::look,
            delivery -> delivery.ifPresent(consumer),
            this::resume);
    this.subscriptions = new Subscriptions(transport, prefixes, pipeline::trySubmit);
    this.pipeline.start();
  }

  private void resume() {
    subscriptions.resume();
  }

  private Optional<Delivery> look(RawMessage message) {
    if (!wanted.test(message)) {
      return Optional.empty();
    }
    if (verifier.isEmpty()) {
      return Optional.of(new Delivery(message, parse(message.payload()), Optional.empty()));
    }
    Verified verified = verifier.get().verify(message.payload(), message.topic());
    return Optional.of(new Delivery(message, verified.tree(), Optional.of(verified.verdict())));
  }

  private static Optional<JsonNode> parse(byte[] payload) {
    try {
      return Optional.of(StrictJson.parse(payload, JsonLimits.DEFAULT));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** Connects to every address that is new and leaves those that are gone. */
  public void follow(Map<String, List<Endpoint>> endpoints) {
    subscriptions.follow(endpoints);
  }

  /** Listens on an address and returns it with its real port. */
  public Endpoint bind(String name, Endpoint address) {
    return subscriptions.bind(name, address);
  }

  /** Returns how each subscription fares. */
  public List<SubscriptionStatus> status() {
    return subscriptions.status();
  }

  /** Returns what the consumer threw, after which nothing is delivered; null if nothing. */
  public @Nullable Throwable failure() {
    return pipeline.failure();
  }

  /** Stops receiving, delivers what is under way within {@code limit}, and ends. */
  public void drain(Duration limit) throws InterruptedException {
    subscriptions.close();
    pipeline.finish(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Stops at once. */
  @Override
  public void close() {
    subscriptions.close();
    pipeline.close();
  }
}
