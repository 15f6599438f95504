package org.peal.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peal.bus.zmq.AddressClaims;
import org.peal.bus.zmq.FileDescriptors;
import org.peal.bus.zmq.FrameSink;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.Subscription;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;

/**
 * The subscriptions of one receiver, following the endpoint map as it changes. Thread-safe.
 *
 * <p>There is one for each host and port, under the first name that lists it; it goes on when the
 * same address is listed under another name. Of those that lead to one publisher by several hosts
 * only one is connected, and one that is listed no longer ends only when no other needs it.
 */
final class Subscriptions implements AutoCloseable {

  /** What a node opens besides: the address that it publishes on, and a few more. */
  private static final int OTHER_SOCKETS = 4;

  /** Readers that a node should have room for. */
  private static final int EXPECTED_PEERS = 100;

  private final ZmqTransport transport;
  private final Collection<String> prefixes;
  private final FrameSink sink;
  private final AddressClaims claims = new AddressClaims();
  private final Map<Endpoint, Subscription> connected = new LinkedHashMap<>();
  private final List<Subscription> leaving = new ArrayList<>();
  private final List<Subscription> bound = new ArrayList<>();

  Subscriptions(ZmqTransport transport, Collection<String> prefixes, FrameSink sink) {
    this.transport = transport;
    this.prefixes = List.copyOf(prefixes);
    this.sink = sink;
  }

  /** Listens on an address and returns it with its real port. */
  synchronized Endpoint bind(String name, Endpoint address) {
    Subscription subscription = transport.bind(name, address, prefixes, sink);
    bound.add(subscription);
    return subscription.boundAddress();
  }

  /** Never connects to {@code publication}, because what is received goes there. */
  void avoid(Publication publication) {
    claims.avoid(publication);
  }

  /** Connects to every address that is new and leaves those that are gone. */
  synchronized void follow(Map<String, List<Endpoint>> endpoints) {
    Map<Endpoint, String> wanted = new LinkedHashMap<>();
    endpoints.forEach(
        (name, addresses) -> addresses.forEach(address -> wanted.putIfAbsent(address, name)));
    FileDescriptors.check(wanted.size() + bound.size() + OTHER_SOCKETS, EXPECTED_PEERS);
    // The new ones first: what leaves then knows whether it is needed until they can take over.
    wanted.forEach((address, name) -> connected.computeIfAbsent(address, a -> connect(name, a)));
    leaving.removeIf(Subscription::isClosed);
    connected.entrySet().removeIf(entry -> !wanted.containsKey(entry.getKey()) && left(entry));
  }

  private Subscription connect(String name, Endpoint address) {
    return transport.connect(name, address, claims, prefixes, sink);
  }

  private boolean left(Map.Entry<Endpoint, Subscription> entry) {
    entry.getValue().leave();
    leaving.add(entry.getValue());
    return true;
  }

  private List<Subscription> all() {
    List<Subscription> all = new ArrayList<>(connected.values());
    leaving.stream().filter(subscription -> !subscription.isClosed()).forEach(all::add);
    all.addAll(bound);
    return all;
  }

  /** Offers again what the sink refused. */
  synchronized void resume() {
    all().forEach(Subscription::resume);
  }

  synchronized List<SubscriptionStatus> status() {
    return all().stream().map(Subscription::status).toList();
  }

  @Override
  public synchronized void close() {
    all().forEach(Subscription::close);
  }
}
