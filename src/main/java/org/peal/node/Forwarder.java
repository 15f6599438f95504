package org.peal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.RawMessage;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Reason;
import org.peal.crypto.Signer;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;

/**
 * Publishes again what it receives, byte for byte: a relay when others connect to it, a gateway
 * when it connects to others. Thread-safe.
 *
 * <p>Without a gate the loop thread passes each message on by itself. With one, messages are looked
 * at on all cores and keep their order.
 */
public final class Forwarder implements AutoCloseable {

  /** Messages queued for each reader before some are dropped for it. */
  public static final int HIGH_WATER_MARK = 100_000;

  /** The origin of what is received on an address of our own. */
  public static final String IN = "relay-in";

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final List<String> EVERYTHING = List.of("");

  /**
   * What a forwarder has done so far. Immutable.
   *
   * @param received messages of the right shape that came in
   * @param forwarded messages that were published again
   * @param signed of those, messages that came unsigned and were signed here
   * @param dropped copies that a reader did not get because it did not keep up
   * @param refused messages that are not valid, by the reason of their verdict
   * @param misshapen messages that had not exactly two frames
   */
  public record Status(
      long received,
      long forwarded,
      long signed,
      long dropped,
      Map<Reason, Long> refused,
      long misshapen) {

    /** Returns how many messages are not valid, for all reasons together. */
    public long allRefused() {
      return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
      return "received "
          + received
          + ", forwarded "
          + forwarded
          + (signed == 0 ? "" : ", signed " + signed)
          + ", dropped "
          + dropped
          + ", refused "
          + allRefused()
          + (refused.isEmpty() ? "" : " " + refused)
          + (misshapen == 0 ? "" : ", misshapen " + misshapen);
    }
  }

  private final ZmqTransport transport;
  private final List<Publication> publications = new ArrayList<>();
  private final @Nullable Intake<Passage> guarded;
  private final @Nullable Subscriptions direct;
  private final AtomicLong forwarded = new AtomicLong();
  private final AtomicLong signed = new AtomicLong();
  private final AtomicLong refusedByQueue = new AtomicLong();
  private final Refusals refusals;
  private final LinkBook book = new LinkBook();
  private volatile Publication[] outputs = {};

  private Forwarder(ZmqTransport transport, String role, Optional<Gate> gate) {
    this.transport = transport;
    this.refusals = new Refusals(role);
    this.guarded =
        gate.map(g -> new Intake<>(transport, EVERYTHING, g::pass, this::settle)).orElse(null);
    this.direct = gate.isEmpty() ? new Subscriptions(transport, EVERYTHING, this::passOn) : null;
  }

  /**
   * Makes a forwarder; nothing is open before {@link #publishOn}, {@link #receiveOn} and {@link
   * #follow}.
   *
   * @param role names it in the log
   * @param verifier judges the messages; empty to forward everything
   * @param forwardInvalid whether messages that are refused are counted but forwarded all the same
   */
  public static Forwarder of(
      ZmqTransport transport, String role, Optional<Verifier> verifier, boolean forwardInvalid) {
    return new Forwarder(transport, role, verifier.map(v -> new VerifyingGate(v, forwardInvalid)));
  }

  /**
   * Makes a forwarder that signs what is not signed, if its verifier then accepts it.
   *
   * @param role names it in the log
   * @param largest the largest payload in bytes that receivers take
   */
  static Forwarder signing(
      ZmqTransport transport, String role, Verifier verifier, Signer signer, int largest) {
    return new Forwarder(transport, role, Optional.of(new SigningGate(verifier, signer, largest)));
  }

  /**
   * Publishes on an address from now on, and returns it with its real port. Nothing is received
   * from there, whatever lists it.
   */
  public Endpoint publishOn(Endpoint address) {
    Publication publication =
        transport.bindPublication(address, PublicationOptions.of(HIGH_WATER_MARK));
    publications.add(publication);
    avoid(publication);
    outputs = publications.toArray(Publication[]::new);
    return publication.boundAddress();
  }

  /** Receives on an address from now on, and returns it with its real port. */
  public Endpoint receiveOn(Endpoint address) {
    return guarded != null ? guarded.bind(IN, address) : direct().bind(IN, address);
  }

  /** Receives from every address that is new and leaves those that are gone. */
  public void follow(Map<String, List<Endpoint>> endpoints) {
    if (guarded != null) {
      guarded.follow(endpoints);
    } else {
      direct().follow(endpoints);
    }
  }

  private void avoid(Publication publication) {
    if (guarded != null) {
      guarded.avoid(publication);
    } else {
      direct().avoid(publication);
    }
  }

  private Subscriptions direct() {
    return Objects.requireNonNull(direct, "a forwarder without gate");
  }

  /** On the loop thread: no queue, no copy. */
  private boolean passOn(RawMessage message) {
    for (Publication output : outputs) {
      output.forward(message.topic(), message.payload());
    }
    forwarded.incrementAndGet();
    return true;
  }

  private void settle(Passage passage) {
    book.add(passage);
    passage.problem().ifPresent(problem -> refusals.count(passage.message(), problem));
    passage.payload().ifPresent(payload -> publish(passage, payload));
  }

  private void publish(Passage passage, byte[] payload) {
    for (Publication output : outputs) {
      offer(output, passage.message().topic(), payload);
    }
    forwarded.incrementAndGet();
    if (passage.isSignedHere()) {
      signed.incrementAndGet();
    }
  }

  private void offer(Publication output, byte[] topic, byte[] payload) {
    try {
      if (!output.offer(topic, payload, PATIENCE)) {
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
    for (SubscriptionStatus in : links()) {
      received += in.messages();
      misshapen += in.wrongFrameCount();
    }
    long dropped = refusedByQueue.get();
    for (Publication output : outputs) {
      dropped += output.status().dropped();
    }
    return new Status(
        received, forwarded.get(), signed.get(), dropped, refusals.counts(), misshapen);
  }

  /** Returns how each incoming side fares. */
  public List<SubscriptionStatus> links() {
    return guarded != null ? guarded.status() : direct().status();
  }

  /** Returns what was learnt of each publisher, by its address; nothing without a gate. */
  Map<String, LinkFacts> facts() {
    return book.facts();
  }

  /** Returns what ended the forwarding, after which nothing comes out; empty while all is well. */
  public Optional<Throwable> failure() {
    return guarded == null ? Optional.empty() : Optional.ofNullable(guarded.failure());
  }

  /** Stops receiving, sends what is under way, and ends, all before the deadline. */
  public void drain(Deadline deadline) throws InterruptedException {
    if (guarded != null) {
      guarded.drain(deadline);
    } else {
      direct().close();
    }
    for (Publication output : publications) {
      output.drain(deadline.left());
    }
    close();
  }

  @Override
  public void close() {
    if (guarded != null) {
      guarded.close();
    } else {
      direct().close();
    }
    publications.forEach(Publication::close);
  }
}
