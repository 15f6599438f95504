package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.peal.Deadline;
import org.peal.bus.Delivery;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;
import org.peal.node.Receiver;

/** What {@code peal tail} does, but for printing: receive, verify if told to, deliver. */
final class PealReceiver implements Role {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ZmqTransport transport;
  private final Receiver receiver;
  private final Tally tally = new Tally();

  /**
   * Takes {@code connect}, a list of addresses; {@code topics}, a list of prefixes, none for all;
   * {@code keys}, the folder of an authority, to verify.
   */
  PealReceiver(JsonNode terms) {
    Map<String, List<Endpoint>> endpoints = new LinkedHashMap<>();
    terms
        .path("connect")
        .forEach(
            address ->
                endpoints.put(address.textValue(), List.of(Endpoint.parse(address.textValue()))));
    List<String> topics = new ArrayList<>();
    terms.path("topics").forEach(topic -> topics.add(topic.textValue()));
    Optional<Verifier> verifier =
        Optional.ofNullable(terms.path("keys").textValue())
            .map(folder -> new BenchKeys(Path.of(folder)).verifier(CryptoProvider.FAST));
    transport = BenchTransport.open(endpoints.size());
    receiver =
        new Receiver(
            transport, topics.isEmpty() ? List.of("") : topics, verifier, any -> true, this::take);
    receiver.follow(endpoints);
  }

  private void take(Delivery delivery) {
    if (delivery.verdict().isPresent() && delivery.verdict().get() instanceof Verdict.Invalid) {
      throw new BenchException("not valid: " + delivery.verdict().get());
    }
    tally.count(
        delivery
            .tree()
            .map(tree -> tree.path("msg").path(SampleMessages.SENT).longValue())
            .orElse(0L));
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws InterruptedException {
    return switch (order.path("do").asText()) {
      case "connected" -> awaitConnected();
      case "arm" -> {
        tally.arm(order.path("count").intValue());
        yield Answers.done();
      }
      case "result" -> result();
      default -> throw Answers.unknown(order);
    };
  }

  private ObjectNode awaitConnected() {
    Deadline deadline = Deadline.after(Lab.PATIENCE);
    while (!receiver.status().stream().allMatch(SubscriptionStatus::connected)) {
      if (deadline.left().isZero()) {
        throw new BenchException("not connected to all: " + receiver.status());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return Answers.done();
  }

  private ObjectNode result() throws InterruptedException {
    ObjectNode result = tally.result();
    Throwable failure = receiver.failure();
    if (failure != null) {
      throw new BenchException("the receiver failed: " + failure, failure);
    }
    return result;
  }

  @Override
  public void close() {
    receiver.close();
    transport.close();
  }
}
