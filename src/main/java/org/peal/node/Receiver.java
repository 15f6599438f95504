package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
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

  private final Intake<Optional<Delivery>> intake;
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
    this.intake =
        new Intake<>(transport, prefixes, this::look, delivery -> delivery.ifPresent(consumer));
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
    intake.follow(endpoints);
  }

  /** Listens on an address and returns it with its real port. */
  public Endpoint bind(String name, Endpoint address) {
    return intake.bind(name, address);
  }

  /** Returns how each subscription fares. */
  public List<SubscriptionStatus> status() {
    return intake.status();
  }

  /** Returns what the consumer threw, after which nothing is delivered; null if nothing. */
  public @Nullable Throwable failure() {
    return intake.failure();
  }

  /** Stops receiving, delivers what is under way before the deadline, and ends. */
  public void drain(Deadline deadline) throws InterruptedException {
    intake.drain(deadline);
  }

  /** Stops at once. */
  @Override
  public void close() {
    intake.close();
  }
}
