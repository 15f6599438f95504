package org.peal.bench;

import org.peal.bus.zmq.HostResolver;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;

/** Opens transports in worker processes. Stateless. */
final class BenchTransport {

  private BenchTransport() {}

  /** Returns a running one; the death of one of its threads ends the process. */
  static ZmqTransport open(int endpoints) {
    ZmqTransport transport =
        new ZmqTransport(
            new ZmqConfig(BareSender.HIGH_WATER_MARK, null, null),
            16 + endpoints,
            HostResolver.system(),
            fault -> Runtime.getRuntime().halt(1));
    transport.start();
    return transport;
  }
}
