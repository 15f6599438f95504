package org.peal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

class BareLinkIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Without our nudge one in fifty is forgotten, and for ever: nobody looks after it. */
  @Test
  void shouldShakeHandsHoweverOftenItConnects() {
    for (int i = 0; i < 200; i++) {
      try (ZContext context = new ZContext();
          ZContext other = new ZContext()) {
        ZMQ.Socket publisher = context.createSocket(SocketType.XPUB);
        publisher.bind("tcp://127.0.0.1:*");
        publisher.setReceiveTimeOut((int) LIMIT.toMillis());
        ZMQ.Socket subscriber = other.createSocket(SocketType.SUB);
        subscriber.subscribe(ZMQ.SUBSCRIPTION_ALL);
        BareLink.connect(other, subscriber, publisher.getLastEndpoint(), LIMIT);
        assertThat(publisher.recv()).containsExactly(1);
      }
    }
  }

  @Test
  void shouldNotWaitForOneThatSaysNothing() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ZContext context = new ZContext()) {
      ZMQ.Socket socket = context.createSocket(SocketType.SUB);
      String address = "tcp://127.0.0.1:" + mute.getLocalPort();
      assertThatThrownBy(() -> BareLink.connect(context, socket, address, Duration.ofMillis(120)))
          .isInstanceOf(BenchException.class)
          .hasMessageStartingWith(address + " has not shaken hands");
    }
  }
}
