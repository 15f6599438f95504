package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peal.bus.zmq.TransportFixture.bytes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;
import org.peal.testing.TcpProxy;

class HeartbeatTest {
  private static final int OLD_PUB = 1;

  private final TransportFixture fixture =
      new TransportFixture(
          ZmqTuning.DEFAULT.withHeartbeat(Duration.ofMillis(50), Duration.ofMillis(200)));
  private final Inbox inbox = new Inbox();
  private ServerSocket server;
  private Subscription in;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    server.setSoTimeout(20_000);
    in =
        fixture
            .transport()
            .connect("raw", new Endpoint("127.0.0.1", server.getLocalPort()), List.of(""), inbox);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
    server.close();
    assertThat(fixture.fatal).isEmpty();
  }

  /** Reads frames until a ping comes and returns it. */
  private static byte[] readPing(RawPeer peer) throws IOException {
    byte[] frame = peer.readFrame();
    while (frame[0] != RawPeer.COMMAND) {
      frame = peer.readFrame();
    }
    byte[] ping = Arrays.copyOf(bytes("\u0004PING"), 7 + PeerTable.PING_CONTEXT);
    assertThat(Arrays.copyOfRange(frame, 1, frame.length)).isEqualTo(ping);
    return frame;
  }

  @Test
  void peerThatNeverAnswers_staysConnectedAndDelivers() throws Exception {
    try (RawPeer peer = RawPeer.accept(server, "PUB")) {
      for (int i = 0; i < 20; i++) {
        readPing(peer);
      }
      peer.message("t", "still here");
      await().until(() -> inbox.texts().contains("still here"));
    }
    assertThat(in.status().peers().opened()).isEqualTo(1);
  }

  @Test
  void peerThatAnswersAndFallsSilent_isConnectedAnew() throws Exception {
    try (RawPeer first = RawPeer.accept(server, "PUB")) {
      byte[] ping = readPing(first);
      byte[] context = Arrays.copyOfRange(ping, 8, ping.length);
      assertThat(context).hasSize(PeerTable.PING_CONTEXT);
      first.frame(RawPeer.COMMAND, pong(context));
      try (RawPeer second = RawPeer.accept(server, "PUB")) {
        assertThat(first.isDropped()).isTrue();
        second.message("t", "again");
        await().until(() -> inbox.texts().contains("again"));
      }
    }
  }

  @Test
  void peerThatAnsweredBefore_isConnectedAnewWhenALinkDiesBeforeItsFirstAnswer() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        TcpProxy proxy = new TcpProxy(target.getLocalPort(), 1)) {
      target.setSoTimeout(60_000);
      Inbox behind = new Inbox();
      fixture
          .transport()
          .connect("behind", new Endpoint("127.0.0.1", proxy.port()), List.of(""), behind);
      try (RawPeer first = RawPeer.accept(target, "PUB")) {
        byte[] ping = readPing(first);
        first.frame(RawPeer.COMMAND, pong(Arrays.copyOfRange(ping, 8, ping.length)));
        first.message("t", "first");
        await().until(() -> behind.texts().contains("first"));
      }
      try (RawPeer second = RawPeer.accept(target, "PUB")) {
        readPing(second);
        proxy.set(TcpProxy.Trouble.HALF_OPEN);
        proxy.set(TcpProxy.Trouble.NONE);
        second.message("t", "swallowed");
        try (RawPeer third = RawPeer.accept(target, "PUB")) {
          third.message("t", "third");
          await().until(() -> behind.texts().equals(List.of("first", "third")));
          // It never answers, as an old one in the other's place: it is given up no more.
          for (int i = 0; i < 20; i++) {
            readPing(third);
          }
        }
      }
    }
  }

  @Test
  void peerThatKeepsAnswering_staysConnectedThoughItSendsNothing() throws Exception {
    try (RawPeer peer = RawPeer.accept(server, "PUB")) {
      for (int i = 0; i < 20; i++) {
        byte[] ping = readPing(peer);
        peer.frame(RawPeer.COMMAND, pong(Arrays.copyOfRange(ping, 8, ping.length)));
      }
    }
    assertThat(in.status().peers().opened()).isEqualTo(1);
  }

  @Test
  void peerOfOldProtocol_getsTheSubscriptionAndNoPing() throws Exception {
    try (ServerSocket newer = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        RawPeer old = RawPeer.acceptOld(server, OLD_PUB)) {
      assertThat(old.readFrame()).isEqualTo(bytes("\u0000\u0001"));
      newer.setSoTimeout(20_000);
      fixture
          .transport()
          .connect("newer", new Endpoint("127.0.0.1", newer.getLocalPort()), List.of(""), inbox);
      try (RawPeer peer = RawPeer.accept(newer, "PUB")) {
        for (int i = 0; i < 20; i++) {
          readPing(peer);
        }
      }
      old.message("t", "still here");
      await().until(() -> inbox.texts().contains("still here"));
      assertThat(old.waiting()).isZero();
    }
  }

  @Test
  void thousandConnections_shareAFewMoments() {
    Duration interval = Duration.ofSeconds(2);
    Set<Long> moments = new HashSet<>();
    for (long now = -1_000_000_000; now < 1_000_000_000; now += 2_000_000) {
      Heartbeat heartbeat = new Heartbeat(interval);
      heartbeat.start(now);
      assertThat(heartbeat.due() - now).isBetween(interval.toNanos() * 9 / 10, interval.toNanos());
      assertThat(heartbeat.isDue(heartbeat.due() - 1)).isFalse();
      moments.add(heartbeat.due());
      assertThat(heartbeat.isDue(heartbeat.due())).isTrue();
      assertThat(heartbeat.isDue(now + interval.toNanos())).isFalse();
    }
    assertThat(moments).hasSizeBetween(10, 20);
  }

  private static byte[] pong(byte[] context) {
    byte[] head = bytes("\u0004PONG");
    byte[] all = Arrays.copyOf(head, head.length + context.length);
    System.arraycopy(context, 0, all, head.length, context.length);
    return all;
  }

  @Test
  void peerThatLeavesWhileTheSinkIsFull_isReadToItsEndAndConnectedAnew() throws Exception {
    int count = 3000;
    inbox.capacity(1);
    try (RawPeer first = RawPeer.accept(server, "PUB")) {
      for (int i = 0; i < count; i++) {
        first.message("t", "" + i);
      }
      await().until(() -> in.status().pauses() == 1);
      readPing(first);
    }
    await().pollDelay(Duration.ofMillis(400)).until(() -> in.status().connected());
    inbox.capacity(Integer.MAX_VALUE);
    in.resume();
    try (RawPeer second = RawPeer.accept(server, "PUB")) {
      second.message("t", "new");
      await().until(() -> inbox.texts().contains("new"));
    }
    assertThat(inbox.texts().subList(0, 1001)).contains("0", "1000").doesNotHaveDuplicates();
    assertThat(inbox.count()).isLessThanOrEqualTo(count + 1);
  }

  @Test
  void peerThatLeavesAtOnce_hasItsLastMessagesRead() throws Exception {
    int times = 10;
    for (int i = 0; i < times; i++) {
      try (RawPeer peer = RawPeer.accept(server, "PUB")) {
        // A publisher has read the subscription before it sends; closing with unread input would
        // reset the connection, and a reset may overtake what was sent.
        peer.readFrame();
        peer.message("t", "a" + i).message("t", "b" + i);
      }
      String last = "b" + i;
      await().until(() -> inbox.texts().contains(last));
    }
    assertThat(inbox.count()).isEqualTo(2 * times);
  }

  @Test
  void peerThatSendsTooMuch_isConnectedAnew() throws Exception {
    try (RawPeer first = RawPeer.accept(server, "PUB")) {
      first.message("t", "last words").announce(1L << 40);
      try (RawPeer second = RawPeer.accept(server, "PUB")) {
        second.message("t", "second");
        await().until(() -> inbox.texts().equals(List.of("last words", "second")));
      }
    }
  }

  @Test
  void peerThatIgnoresTheSubscription_isCountedAndHoldsNobodyUp() throws Exception {
    fixture.names.put("raw", List.of("127.0.0.1"));
    ServerSocket other = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Inbox picky = new Inbox();
    Subscription wanted =
        fixture
            .transport()
            .connect("raw", new Endpoint("raw", other.getLocalPort()), List.of("w"), picky);
    try (RawPeer peer = RawPeer.accept(other, "PUB")) {
      for (int i = 0; i < 5000; i++) {
        peer.message("unwanted", "x");
      }
      peer.message("wanted", "yes");
      await().until(() -> picky.texts().equals(List.of("yes")));
    }
    assertThat(wanted.status().unmatched()).isEqualTo(5000);
    other.close();
  }
}
