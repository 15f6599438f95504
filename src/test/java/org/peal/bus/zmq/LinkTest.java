package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SocketChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;
import zmq.ZMQ;

class LinkTest {

  private static final String ADDRESS = "tcp://127.0.0.1:4711";

  /** A socket of which the test says whether all is read. */
  private static final class Reader implements Link.Owner {
    private final PeerTable peers =
        new PeerTable(new SubscriberRules(1000, 1000), new PeerTally(), 1, () -> {});
    private boolean isRead;
    private int drops;

    @Override
    public PeerTable open(String address) {
      assertThat(address).isEqualTo(ADDRESS);
      return peers;
    }

    @Override
    public void drop() {
      drops++;
    }

    @Override
    public boolean isRead() {
      return isRead;
    }

    @Override
    public boolean isHeld() {
      return false;
    }
  }

  private final Reader reader = new Reader();

  private Link link() {
    return new Link(
        "raw",
        Endpoint.parse(ADDRESS),
        new AddressClaims(),
        reader,
        new Resolver(HostResolver.system()),
        ZmqTuning.DEFAULT,
        () -> {},
        () -> {},
        new Random(1));
  }

  @Test
  void shouldReadWhatAPeerSaidThatCameAndWentBetweenTwoTurns() throws Exception {
    Link link = link();
    link.tick(System.nanoTime());
    reader.peers.consume(new ZMQ.Event(ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL, ADDRESS, 2));
    loseConnection();

    link.tick(System.nanoTime());
    link.tick(System.nanoTime());
    assertThat(reader.drops).isZero();

    reader.peers.consume(new ZMQ.Event(ZMQ.ZMQ_EVENT_CONNECT_RETRIED, ADDRESS, 0));
    link.tick(System.nanoTime());
    assertThat(reader.drops).isZero();

    reader.isRead = true;
    link.tick(System.nanoTime());
    assertThat(reader.drops).isEqualTo(1);
    assertThat(link.isUp()).isFalse();
  }

  @Test
  void shouldDropAtOnceWhatNeverSpoke() throws Exception {
    Link link = link();
    link.tick(System.nanoTime());
    loseConnection();

    link.tick(System.nanoTime());
    assertThat(reader.drops).isEqualTo(1);
    assertThat(link.problem()).contains("cannot connect to");
  }

  private void loseConnection() throws Exception {
    try (SocketChannel channel = SocketChannel.open()) {
      reader.peers.consume(new ZMQ.Event(ZMQ.ZMQ_EVENT_DISCONNECTED, ADDRESS, channel));
    }
  }
}
