package org.peal.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peal.bus.zmq.FileDescriptors;
import org.peal.bus.zmq.FrameSink;
import org.peal.bus.zmq.Subscription;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;

/**
 * The subscriptions of one receiver: one for each address, following the endpoint map as it
 * changes. Thread-safe.
 */
final class Subscriptions implements AutoCloseable {

  /** What a node opens besides: the address that it publishes on, and a few more. */
  private static final int OTHER_SOCKETS = 4;

  /** Readers that a node should have room for. */
  private static final int EXPECTED_PEERS = 100;

  private record Key(String name, Endpoint address) {}

  private final ZmqTransport transport;
  private final Collection<String> prefixes;
  private final FrameSink sink;
  private final Map<Key, Subscription> connected = new LinkedHashMap<>();
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

  /** Connects to every address that is new and leaves those that are gone. */
  synchronized void follow(Map<String, List<Endpoint>> endpoints) {
    Set<Key> wanted = new LinkedHashSet<>();
    endpoints.forEach(
        (name, addresses) -> addresses.forEach(address -> wanted.add(new Key(name, address))));
    connected.entrySet().removeIf(entry -> !wanted.contains(entry.getKey()) && closed(entry));
    FileDescriptors.check(wanted.size() + bound.size() + OTHER_SOCKETS, EXPECTED_PEERS);
    for (Key key : wanted) {
      connected.computeIfAbsent(key, k -> transport.connect(k.name(), k.address(), prefixes, sink));
    }
  }

  private static boolean closed(Map.Entry<Key, Subscription> entry) {
    entry.getValue().close();
    return true;
  }

  /** Offers again what the sink refused. */
  synchronized void resume() {
    connected.values().forEach(Subscription::resume);
    bound.forEach(Subscription::resume);
  }

  synchronized List<SubscriptionStatus> status() {
    List<SubscriptionStatus> all = new ArrayList<>();
    connected.values().forEach(s -> all.add(s.status()));
    bound.forEach(s -> all.add(s.status()));
    return all;
  }

  @Override
  public synchronized void close() {
    connected.values().forEach(Subscription::close);
    bound.forEach(Subscription::close);
  }
}
