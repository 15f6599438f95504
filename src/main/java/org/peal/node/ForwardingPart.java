package org.peal.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.peal.Deadline;
import org.peal.bus.zmq.ZmqException;
import org.peal.crypto.CryptoProvider;
import org.peal.endpoint.Endpoint;

/** A relay, a signing relay or a gateway as a part of a node. */
final class ForwardingPart implements NodePart {

  private final PartName name;
  private final Forwarder forwarder;
  private final Runnable opening;
  private final List<String> listening = new CopyOnWriteArrayList<>();
  private final List<Runnable> closing = new ArrayList<>();

  private ForwardingPart(
      PartName name, Forwarder forwarder, Function<ForwardingPart, Runnable> opening) {
    this.name = name;
    this.forwarder = forwarder;
    this.opening = opening.apply(this);
  }

  static NodePart relay(NodeServices services) {
    RelayConfig config = services.config().relay();
    Forwarder forwarder =
        Forwarder.of(services.transport(), "relay", services.verifierIfTold(), false);
    return new ForwardingPart(
        PartName.RELAY, forwarder, part -> () -> part.open(config.out(), config.in()));
  }

  static NodePart signingRelay(NodeServices services) {
    SigningRelayConfig config = services.config().signingRelay();
    Forwarder forwarder =
        Forwarder.signing(
            services.transport(),
            "signing-relay",
            services.verifier(),
            new OwnKeys(services.config().crypto(), services.setup().host())
                .requiredSigner("signing_relay", CryptoProvider.FAST),
            services.config().zmq().frameLimit());
    return new ForwardingPart(
        PartName.SIGNING_RELAY, forwarder, part -> () -> part.open(config.out(), config.in()));
  }

  static NodePart gateway(NodeServices services) {
    GatewayConfig config = services.config().gateway();
    Forwarder forwarder =
        Forwarder.of(services.transport(), "gateway", services.verifierIfTold(), false);
    return new ForwardingPart(
        PartName.GATEWAY,
        forwarder,
        part ->
            () -> {
              part.open(List.of(config.out()), List.of());
              part.closing.add(services.endpoints().follow(forwarder::follow));
            });
  }

  @Override
  public void start() {
    opening.run();
  }

  /** Readers first: what is received from the first moment on has somewhere to go. */
  private void open(List<Endpoint> outs, List<Endpoint> ins) {
    List<String> bound = new ArrayList<>();
    outs.forEach(address -> bound.add(listen("out", address, forwarder::publishOn)));
    ins.forEach(address -> listening.add(listen("in", address, forwarder::receiveOn)));
    listening.addAll(bound);
  }

  private String listen(String role, Endpoint address, Function<Endpoint, Endpoint> open) {
    try {
      return open.apply(address) + " (" + role + ")";
    } catch (ZmqException e) {
      throw NodeException.cannotListen(name, name + "." + role, e);
    }
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    closing.forEach(Runnable::run);
    forwarder.drain(deadline);
  }

  @Override
  public PartStatus status() {
    Forwarder.Status done = forwarder.status();
    return new PartStatus(
            listening,
            forwarder.failure().map(failure -> "forwarding ended: " + failure),
            done.toString(),
            counters(done),
            forwarder.links().stream()
                .filter(link -> !link.origin().name().equals(Forwarder.IN))
                .toList())
        .with(forwarder.facts());
  }

  private static Map<String, Long> counters(Forwarder.Status done) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("received", done.received());
    counters.put("forwarded", done.forwarded());
    counters.put("signed", done.signed());
    counters.put("dropped", done.dropped());
    counters.put("misshapen", done.misshapen());
    done.refused()
        .forEach(
            (reason, count) ->
                counters.put("refused_" + reason.name().toLowerCase(Locale.ROOT), count));
    return counters;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
    forwarder.close();
  }
}
