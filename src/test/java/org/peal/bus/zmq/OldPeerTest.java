package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peal.bus.zmq.TransportFixture.ANY;
import static org.peal.bus.zmq.TransportFixture.bytes;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers of ZMTP 2.0, which carry no name on their frames. */
class OldPeerTest {
  private static final int PUB = 1;
  private static final int SUB = 2;
  private final TransportFixture fixture = new TransportFixture();
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.fatal).isEmpty();
  }

  @Test
  void oldPublisher_isReceived() throws Exception {
    Subscription in = fixture.transport().bind("in", ANY, List.of(""), inbox);
    try (RawPeer peer = RawPeer.connectOld(in.boundAddress(), PUB)) {
      peer.message("t", "old");
      await().until(() -> inbox.texts().equals(List.of("old")));
    }
  }

  @Test
  void oldSubscriber_getsWhatItAskedForAndNoPing() throws Exception {
    Publication out = fixture.transport().bindPublication(ANY, PublicationOptions.of(10));
    try (RawPeer peer = RawPeer.connectOld(out.boundAddress(), SUB)) {
      peer.subscribe("t");
      assertThat(out.awaitSubscribers(bytes("t"), 1, Duration.ofSeconds(20))).isTrue();
      out.offer(bytes("t"), bytes("new"));
      assertThat(peer.readFrame()).isEqualTo(bytes("\u0001t"));
      assertThat(peer.readFrame()).isEqualTo(bytes("\u0000new"));
    }
  }

  @Test
  void messageWithoutEnd_dropsNamelessPeersOnly() throws Exception {
    Subscription in = fixture.transport().bind("in", ANY, List.of(""), inbox);
    byte[] chunk = new byte[65_536];
    for (int i = 0; i < chunk.length; i += 256) {
      chunk[i] = RawPeer.MORE;
      chunk[i + 1] = (byte) 254;
    }
    try (RawPeer named = RawPeer.connect(in.boundAddress(), "PUB");
        RawPeer peer = RawPeer.connectOld(in.boundAddress(), PUB)) {
      named.message("t", "first");
      await().until(() -> inbox.texts().equals(List.of("first")));
      assertThat(peer.flood(chunk, 200 << 20)).isLessThan(50 << 20);
      named.message("t", "second");
      await().until(() -> inbox.texts().equals(List.of("first", "second")));
    }
    assertThat(in.status().peers().kicked()).isEqualTo(1);
  }
}
