package org.peal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.bus.RawMessage;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;

/**
 * Publishes again what it receives, byte for byte: a relay when others connect to it, a gateway
 * when it connects to others. Thread-safe.
 *
 * <p>Without a verifier the loop thread passes each message on by itself. With one, messages are
 * verified on all cores and keep their order.
 */
public final class Forwarder implements AutoCloseable {

  /** Messages queued for each reader before some are dropped for it. */
  public static final int HIGH_WATER_MARK = 100_000;

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final List<String> EVERYTHING = List.of("");

  /**
   * What a forwarder has done so far. Immutable.
   *
   * @param received messages of the right shape that came in
   * @param forwarded messages that were published again
   * @param dropped copies that a reader did not get because it did not keep up
   * @param refused messages that were not forwarded, by the reason of their verdict
   * @param misshapen messages that had not exactly two frames
   */
  public record Status(
      long received, long forwarded, long dropped, Map<Reason, Long> refused, long misshapen) {

    @Override
    public String toString() {
      long all = refused.values().stream().mapToLong(Long::longValue).sum();
      return "received "
          + received
          + ", forwarded "
          + forwarded
          + ", dropped "
          + dropped
          + ", refused "
          + all
          + (refused.isEmpty() ? "" : " " + refused)
          + (misshapen == 0 ? "" : ", misshapen " + misshapen);
    }
  }

  private final ZmqTransport transport;
  private final boolean forwardInvalid;
  private final List<Publication> publications = new ArrayList<>();
  private final @Nullable Receiver receiver;
  private final @Nullable Subscriptions direct;
  private final AtomicLong forwarded = new AtomicLong();
  private final AtomicLong refusedByQueue = new AtomicLong();
  private final Map<Reason, AtomicLong> refused = new EnumMap<>(Reason.class);
  private volatile Publication[] outputs = {};

  /**
   * Makes a forwarder; nothing is open before {@link #publishOn}, {@link #receiveOn} and {@link
   * #follow}.
   *
   * @param verifier judges the messages; empty to forward everything
   * @param forwardInvalid whether messages that are refused are counted but forwarded all the same
   */
  public Forwarder(ZmqTransport transport, Optional<Verifier> verifier, boolean forwardInvalid) {
    this.transport = transport;
    this.forwardInvalid = forwardInvalid;
    for (Reason reason : Reason.values()) {
      refused.put(reason, new AtomicLong());
    }
    this.receiver =
        verifier.isEmpty()
            ? null
            : new Receiver(transport, EVERYTHING, verifier, message -> true, this::judge);
    this.direct =
        verifier.isEmpty() ? new Subscriptions(transport, EVERYTHING, this::passOn) : null;
  }

  /** Publishes on an address from now on, and returns it with its real port. */
  public Endpoint publishOn(Endpoint address) {
    Publication publication =
        transport.bindPublication(address, PublicationOptions.of(HIGH_WATER_MARK));
    publications.add(publication);
    outputs = publications.toArray(Publication[]::new);
    return publication.boundAddress();
  }

  /** Receives on an address from now on, and returns it with its real port. */
  public Endpoint receiveOn(String name, Endpoint address) {
    return receiver != null ? receiver.bind(name, address) : direct().bind(name, address);
  }

  /** Receives from every address that is new and leaves those that are gone. */
  public void follow(Map<String, List<Endpoint>> endpoints) {
    if (receiver != null) {
      receiver.follow(endpoints);
    } else {
      direct().follow(endpoints);
    }
  }

  private Subscriptions direct() {
    return java.util.Objects.requireNonNull(direct, "a forwarder without verifier");
  }

  /** On the loop thread: no queue, no copy. */
  private boolean passOn(RawMessage message) {
    for (Publication output : outputs) {
      output.forward(message.topic(), message.payload());
    }
    forwarded.incrementAndGet();
    return true;
  }

  private void judge(Delivery delivery) {
    if (delivery.verdict().orElse(null) instanceof Verdict.Invalid invalid) {
      java.util.Objects.requireNonNull(refused.get(invalid.reason())).incrementAndGet();
      if (!forwardInvalid) {
        return;
      }
    }
    for (Publication output : outputs) {
      offer(output, delivery.raw());
    }
    forwarded.incrementAndGet();
  }

  private void offer(Publication output, RawMessage message) {
    try {
      if (!output.offer(message.topic(), message.payload(), PATIENCE)) {
        refusedByQueue.incrementAndGet();
      }
    } catch (InterruptedException e) {
      refusedByQueue.incrementAndGet();
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what has been done so far. */
  public Status status() {
    long received = 0;
    long misshapen = 0;
    for (SubscriptionStatus in : subscriptionStatus()) {
      received += in.messages();
      misshapen += in.wrongFrameCount();
    }
    long dropped = refusedByQueue.get();
    for (Publication output : outputs) {
      dropped += output.status().dropped();
    }
    Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    refused.forEach(
        (reason, count) -> {
          if (count.get() > 0) {
            reasons.put(reason, count.get());
          }
        });
    return new Status(received, forwarded.get(), dropped, reasons, misshapen);
  }

  /** Returns how each incoming side fares. */
  public List<SubscriptionStatus> subscriptionStatus() {
    return receiver != null ? receiver.status() : direct().status();
  }

  /** Stops receiving, sends what is under way, and ends, all within {@code limit}. */
  public void drain(Duration limit) throws InterruptedException {
    if (receiver != null) {
      receiver.drain(limit);
    } else {
      direct().close();
    }
    for (Publication output : publications) {
      output.drain(limit);
    }
    close();
  }

  @Override
  public void close() {
    if (receiver != null) {
      receiver.close();
    } else {
      direct().close();
    }
    publications.forEach(Publication::close);
  }
}
