package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peal.bus.zmq.TransportFixture.ANY;
import static org.peal.bus.zmq.TransportFixture.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;

/** Peers that break the rules are dropped or ignored and counted; the others notice nothing. */
class HostilePeerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final long MEGABYTE = 1 << 20;

  private final TransportFixture fixture =
      new TransportFixture(ZmqTuning.DEFAULT.withMaxSubscriptionBytes(1 << 16).withMaxPeers(80));
  private ZmqTransport transport;
  private Inbox inbox;
  private Subscription in;
  private Publication out;

  @BeforeEach
  void start() {
    transport = fixture.transport();
    inbox = new Inbox();
    in = transport.bind("relay-in", ANY, List.of(""), inbox);
    out = transport.bindPublication(ANY, PublicationOptions.of(1000));
  }

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.fatal).isEmpty();
  }

  private void assertStillReceives() throws IOException {
    try (RawPeer good = RawPeer.connect(in.boundAddress(), "PUB")) {
      good.message("t", "good");
      await().atMost(LONG).until(() -> inbox.texts().contains("good"));
    }
  }

  private void assertStillSends() throws Exception {
    Inbox reader = new Inbox();
    Subscription good = transport.connect("good", out.boundAddress(), List.of("good"), reader);
    assertThat(out.awaitSubscribers(bytes("good"), 1, LONG)).isTrue();
    out.offer(bytes("good"), bytes("sent"));
    await().atMost(LONG).until(() -> reader.texts().contains("sent"));
    good.close();
  }

  @Test
  void garbageInsteadOfGreeting_isIgnored() throws Exception {
    for (Endpoint address : List.of(in.boundAddress(), out.boundAddress())) {
      try (RawPeer peer = RawPeer.connect(address)) {
        peer.raw(bytes("GET / HTTP/1.1\r\nHost: example\r\n\r\n"));
        byte[] noise = new byte[100_000];
        peer.flood(noise, noise.length);
      }
    }
    assertStillReceives();
    assertStillSends();
  }

  @Test
  void hugeFrameAnnounced_dropsThePeer() throws Exception {
    for (Endpoint address : List.of(in.boundAddress(), out.boundAddress())) {
      try (RawPeer peer = RawPeer.connect(address, type(address))) {
        peer.announce(1_800_000_000L);
        assertThat(peer.isDropped()).isTrue();
      }
    }
    assertStillReceives();
    assertStillSends();
  }

  private String type(Endpoint address) {
    return address.equals(in.boundAddress()) ? "PUB" : "SUB";
  }

  @Test
  void negativeLengthAnnounced_dropsThePeer() throws Exception {
    for (Endpoint address : List.of(in.boundAddress(), out.boundAddress())) {
      try (RawPeer peer = RawPeer.connect(address, type(address))) {
        peer.announce(-5);
        assertThat(peer.isDropped()).isTrue();
      }
    }
    assertStillReceives();
    assertStillSends();
  }

  @Test
  void halfHandshake_holdsNobodyUp() throws Exception {
    try (RawPeer silent = RawPeer.connect(in.boundAddress());
        RawPeer half = RawPeer.connect(in.boundAddress());
        RawPeer silentReader = RawPeer.connect(out.boundAddress())) {
      silent.raw();
      half.greet();
      silentReader.raw((byte) 0xff);
      assertStillReceives();
      assertStillSends();
    }
  }

  @Test
  void tooManyConnections_evictThoseThatNeverSpoke() throws Exception {
    try (RawPeer good = RawPeer.connect(in.boundAddress(), "PUB")) {
      good.message("t", "first");
      await().until(() -> inbox.texts().contains("first"));
      RawPeer[] crowd = new RawPeer[120];
      for (int i = 0; i < crowd.length; i++) {
        crowd[i] = RawPeer.connect(in.boundAddress());
      }
      await().atMost(LONG).until(() -> in.status().peers().opened() == 121);
      await().atMost(LONG).until(() -> in.status().peers().open() <= 81);
      good.message("t", "last");
      await().until(() -> inbox.texts().contains("last"));
      for (RawPeer each : crowd) {
        each.close();
      }
    }
    assertThat(in.status().peers().kicked()).isGreaterThanOrEqualTo(40);
    assertStillReceives();
  }

  @Test
  void connectionStorm_leavesNothingBehind() throws Exception {
    for (int i = 0; i < 500; i++) {
      RawPeer.connect(in.boundAddress()).close();
    }
    assertStillReceives();
    await().atMost(LONG).until(() -> in.status().peers().open() == 0);
  }

  @Test
  void wrongFrameCounts_areCountedAndDropped() throws Exception {
    try (RawPeer peer = RawPeer.connect(in.boundAddress(), "PUB")) {
      peer.frame(0, bytes("one"));
      for (int frames : new int[] {3, 1000}) {
        for (int i = 1; i < frames; i++) {
          peer.frame(RawPeer.MORE, bytes("x"));
        }
        peer.frame(0, bytes("end"));
      }
      peer.message("t", "two");
      await().atMost(LONG).until(() -> inbox.texts().contains("two"));
    }
    assertThat(in.status().wrongFrameCount()).isEqualTo(3);
    assertThat(inbox.texts()).containsExactly("two");
  }

  @Test
  void messageWithoutEnd_dropsThePeerBeforeTheHeapGrows() throws Exception {
    byte[] chunk = new byte[65_536];
    for (int i = 0; i < chunk.length; i += 256) {
      chunk[i] = RawPeer.MORE;
      chunk[i + 1] = (byte) 254;
    }
    try (RawPeer peer = RawPeer.connect(in.boundAddress(), "PUB")) {
      assertThat(peer.flood(chunk, 200 * MEGABYTE)).isLessThan(50 * MEGABYTE);
    }
    await().until(() -> in.status().peers().kicked() == 1);
    assertStillReceives();
  }

  @Test
  void largeFramesAnnouncedByManyPeers_dropAllBeforeTheHeapGrows() throws Exception {
    long before = heap();
    List<RawPeer> crowd = new ArrayList<>();
    // All shake hands before any announces: whoever comes while all are thrown out never gets in.
    for (int i = 0; i < 75; i++) {
      crowd.add(RawPeer.connect(in.boundAddress(), "PUB"));
    }
    for (RawPeer peer : crowd) {
      announceUnlessThrownOut(peer);
    }
    await().atMost(LONG).until(() -> in.status().peers().kicked() >= 64);
    assertThat(heap() - before).isLessThan(100 * MEGABYTE);
    crowd.forEach(RawPeer::close);
    assertStillReceives();
  }

  private static void announceUnlessThrownOut(RawPeer peer) {
    try {
      peer.announce(MEGABYTE);
    } catch (IOException e) {
      // It was thrown out with the others before its turn came.
      assertThat(e).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void largeMessages_ofAGoodPeerArriveHoweverMany() throws Exception {
    try (RawPeer peer = RawPeer.connect(in.boundAddress(), "PUB")) {
      for (int i = 0; i < 300; i++) {
        peer.frame(RawPeer.MORE, bytes("t")).frame(0, new byte[(int) MEGABYTE]);
      }
      await().atMost(LONG).until(() -> in.status().messages() == 300);
    }
    assertThat(in.status().peers().kicked()).isZero();
  }

  @Test
  void floodOfUserMessages_dropsThePeerBeforeTheHeapGrows() throws Exception {
    byte[] chunk = new byte[65_536];
    for (int i = 0; i < chunk.length; i += 256) {
      chunk[i + 1] = (byte) 254;
      chunk[i + 2] = 'x';
    }
    long before = heap();
    try (RawPeer peer = RawPeer.connect(out.boundAddress(), "XSUB")) {
      assertThat(peer.flood(chunk, 200 * MEGABYTE)).isLessThan(50 * MEGABYTE);
    }
    await().until(() -> out.status().peers().kicked() == 1);
    assertThat(out.status().hostileFrames()).isPositive();
    assertThat(heap() - before).isLessThan(32 * MEGABYTE);
    assertStillSends();
  }

  @Test
  void floodOfDistinctSubscriptions_dropsOnlyThatPeer() throws Exception {
    try (RawPeer good = RawPeer.connect(out.boundAddress(), "SUB")) {
      good.subscribe("kept");
      assertThat(out.awaitSubscribers(bytes("kept"), 1, LONG)).isTrue();
      try (RawPeer peer = RawPeer.connect(out.boundAddress(), "SUB")) {
        peer.flood(subscriptions(100_000), 100 * MEGABYTE);
        assertThat(peer.isDropped()).isTrue();
      }
      await().until(() -> out.status().peers().kicked() == 1);
      out.offer(bytes("kept"), bytes("hello"));
      assertThat(good.readFrame()).endsWith(bytes("kept"));
    }
    assertStillSends();
  }

  @Test
  void floodOfEqualSubscriptions_dropsThePeer() throws Exception {
    byte[] chunk = new byte[65_536];
    for (int i = 0; i < chunk.length; i += 4) {
      chunk[i + 1] = 2;
      chunk[i + 2] = 1;
      chunk[i + 3] = 'a';
    }
    try (RawPeer peer = RawPeer.connect(out.boundAddress(), "SUB")) {
      assertThat(peer.flood(chunk, 200 * MEGABYTE)).isLessThan(50 * MEGABYTE);
    }
    await().until(() -> out.status().peers().kicked() == 1);
    assertStillSends();
  }

  @Test
  void shortPing_isSurvived() throws Exception {
    try (RawPeer peer = RawPeer.connect(in.boundAddress(), "PUB")) {
      peer.frame(RawPeer.COMMAND, bytes("\u0004PING"));
      peer.frame(RawPeer.COMMAND, bytes("\u0004PIN"));
    }
    assertStillReceives();
  }

  @Test
  void ping_isAnsweredWithItsContext() throws Exception {
    try (RawPeer peer = RawPeer.connect(out.boundAddress(), "SUB")) {
      peer.frame(RawPeer.COMMAND, bytes("\u0004PING\u0000\u0000abc"));
      assertThat(peer.readFrame()).endsWith(bytes("\u0004PONGabc"));
    }
  }

  private static byte[] subscriptions(int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      byte[] topic = bytes("hostile." + i);
      all.writeBytes(
          ByteBuffer.allocate(3 + topic.length)
              .put((byte) 0)
              .put((byte) (topic.length + 1))
              .put((byte) 1)
              .put(topic)
              .array());
    }
    return all.toByteArray();
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
