package org.peal.bus.zmq;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.peal.endpoint.Endpoint;

/** Makes transports on loopback and closes them. */
final class TransportFixture implements AutoCloseable {
  static final Endpoint ANY = new Endpoint("127.0.0.1", 0);

  final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final List<ZmqTransport> transports = new ArrayList<>();
  private final ZmqTuning tuning;

  TransportFixture() {
    this(ZmqTuning.DEFAULT.withConnectLimit(Duration.ofSeconds(2)));
  }

  TransportFixture(ZmqTuning tuning) {
    this.tuning = tuning;
  }

  ZmqTransport transport() {
    return transport(ZmqConfig.defaults());
  }

  ZmqTransport transport(ZmqConfig config) {
    ZmqTransport transport =
        new ZmqTransport(
            config,
            tuning,
            100,
            this::resolve,
            InstantSource.system(),
            RandomGenerator.getDefault(),
            fatal::add);
    transports.add(transport);
    transport.start();
    return transport;
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    List<String> literals = names.get(host);
    if (literals == null) {
      throw new UnknownHostException(host);
    }
    List<InetAddress> found = new ArrayList<>();
    for (String literal : literals) {
      found.add(InetAddress.getByName(literal));
    }
    return found;
  }

  static byte[] bytes(String text) {
    return Bytes.utf8(text);
  }

  @Override
  public void close() {
    transports.forEach(ZmqTransport::close);
  }
}
