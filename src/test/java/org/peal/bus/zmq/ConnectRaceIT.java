package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peal.bus.zmq.TransportFixture.bytes;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;

/** JeroMQ may forget a connection while connecting; a link must not wait for its time limit. */
class ConnectRaceIT {

  @Test
  void shouldShakeHandsSoonHoweverOftenItConnects() throws Exception {
    long slowest = 0;
    for (int i = 0; i < 40; i++) {
      try (TransportFixture fixture = new TransportFixture();
          ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
        Endpoint address = new Endpoint("127.0.0.1", server.getLocalPort());
        ZmqTransport transport = fixture.transport();
        long start = System.nanoTime();
        Publication out = transport.connectPublication(address, PublicationOptions.of(10));
        transport.connect("other", new Endpoint("127.0.0.1", 1), List.of(""), new Inbox());
        try (RawPeer peer = RawPeer.accept(server, "SUB")) {
          peer.subscribe("");
          assertThat(out.awaitSubscribers(bytes("t"), 1, Duration.ofSeconds(5))).isTrue();
        }
        slowest = Math.max(slowest, System.nanoTime() - start);
        assertThat(fixture.fatal).isEmpty();
      }
    }
    System.getLogger("timing")
        .log(System.Logger.Level.INFO, "slowest handshake {0} us", slowest / 1000);
  }
}
