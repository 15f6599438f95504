package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;
import org.peal.node.Forwarder;

/** What {@code peal relay} and {@code peal gateway} do. */
final class PealForwarder implements Role {

  private static final Endpoint LOOPBACK = new Endpoint("127.0.0.1", 0);

  private final ZmqTransport transport = BenchTransport.open(1);
  private final Forwarder forwarder;
  private final ObjectNode greeting = Answers.done();

  /** Takes {@code connect} for a gateway, nothing for a relay; {@code keys} to verify. */
  PealForwarder(JsonNode terms) {
    Optional<Verifier> verifier =
        Optional.ofNullable(terms.path("keys").textValue())
            .map(folder -> new BenchKeys(Path.of(folder)).verifier(CryptoProvider.FAST));
    forwarder = Forwarder.of(transport, "bench", verifier, false);
    greeting.put("out", forwarder.publishOn(LOOPBACK).toString());
    if (terms.has("connect")) {
      Endpoint from = Endpoint.parse(terms.path("connect").textValue());
      forwarder.follow(Map.of("bench", List.of(from)));
    } else {
      greeting.put("in", forwarder.receiveOn(LOOPBACK).toString());
    }
  }

  @Override
  public ObjectNode greeting() {
    return greeting;
  }

  @Override
  public ObjectNode carryOut(JsonNode order) {
    if (!order.path("do").asText().equals("status")) {
      throw Answers.unknown(order);
    }
    return Answers.done().put("status", forwarder.status().toString());
  }

  @Override
  public void close() {
    forwarder.close();
    transport.close();
  }
}
