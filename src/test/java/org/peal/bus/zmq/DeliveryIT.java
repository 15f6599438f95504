package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peal.bus.zmq.TransportFixture.ANY;
import static org.peal.bus.zmq.TransportFixture.bytes;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;

/** What is delivered when many messages go through, and what when a reader does not keep up. */
class DeliveryIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MANY = 20_000;
  private static final byte[] BODY = new byte[1000];
  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.fatal).isEmpty();
  }

  private static void offer(Publication out, byte[] topic, byte[] payload)
      throws InterruptedException {
    assertThat(out.offer(topic, payload, LONG)).isTrue();
  }

  @Test
  void shouldLoseNothingThroughARelay() throws Exception {
    ZmqTransport relay = fixture.transport();
    Publication relayOut = relay.bindPublication(ANY, PublicationOptions.of(100_000));
    Subscription relayIn =
        relay.bind("relay-in", ANY, List.of(""), m -> relayOut.forward(m.topic(), m.payload()));
    Inbox tail = new Inbox(false, Integer.MAX_VALUE);
    fixture.transport().connect("tail", relayOut.boundAddress(), List.of(""), tail);
    assertThat(relayOut.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();

    Publication logger =
        fixture.transport().connectPublication(relayIn.boundAddress(), PublicationOptions.of(1000));
    for (int i = 0; i < MANY; i++) {
      offer(logger, bytes("org.t"), BODY);
    }

    assertThat(logger.drain(LONG)).isZero();
    await().atMost(LONG).until(() -> tail.count() == MANY);
    assertThat(relayIn.status().messages()).isEqualTo(MANY);
    assertThat(relayOut.status().dropped()).isZero();
    assertThat(logger.status().sent()).isEqualTo(MANY);
  }

  @Test
  void shouldServeAGoodReaderNextToOneThatNeverReads() throws Exception {
    Publication out = fixture.transport().bindPublication(ANY, PublicationOptions.of(1000));
    Inbox good = new Inbox(false, Integer.MAX_VALUE);
    fixture.transport().connect("good", out.boundAddress(), List.of(""), good);
    try (RawPeer bad = RawPeer.connect(out.boundAddress(), "SUB")) {
      bad.subscribe("");
      assertThat(out.awaitSubscribers(bytes("t"), 2, LONG)).isTrue();
      for (int i = 0; i < MANY; i++) {
        offer(out, bytes("org.t"), BODY);
        if (i % 500 == 499) {
          int sent = i + 1;
          await().atMost(LONG).until(() -> out.status().sent() == sent);
          await().atMost(LONG).until(() -> good.count() > sent - 700);
        }
      }
      await().atMost(LONG).until(() -> good.count() >= MANY * 97 / 100);
      PublicationStatus status = out.status();
      assertThat(status.sent()).isEqualTo(MANY);
      assertThat(status.dropped()).isBetween(1L, (long) MANY + 600);
    }
  }

  @Test
  void shouldCountWhatAPeerThatReadsNothingMayNotHaveGot() throws Exception {
    Publication out = fixture.transport().bindPublication(ANY, PublicationOptions.of(100_000));
    try (RawPeer bad = RawPeer.connect(out.boundAddress(), "SUB")) {
      bad.subscribe("");
      assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
      for (int i = 0; i < MANY; i++) {
        offer(out, bytes("org.t"), BODY);
      }
      long unsent = out.drain(Duration.ofMillis(500));
      assertThat(unsent).isBetween(1L, (long) MANY);
      int received = 0;
      for (int i = 0; i < (MANY - unsent) * 2; i++) {
        bad.readFrame();
        received++;
      }
      assertThat(received).isEqualTo((MANY - unsent) * 2);
    }
  }

  @Test
  void shouldKeepAnActivePublisherWaitingForASlowRelayAndLoseNothing() throws Exception {
    Inbox slow = new Inbox(false, 500);
    Subscription relayIn = fixture.transport().bind("in", ANY, List.of(""), slow);
    Publication logger =
        fixture.transport().connectPublication(relayIn.boundAddress(), PublicationOptions.of(10));
    byte[] large = new byte[20_000];
    int offered = 0;
    while (logger.offer(bytes("t"), large, Duration.ofMillis(500))) {
      offered++;
    }
    assertThat(offered).isGreaterThan(1000);
    slow.capacity(Integer.MAX_VALUE);
    relayIn.resume();
    assertThat(logger.drain(LONG)).isZero();
    int all = offered;
    await().atMost(LONG).until(() -> slow.count() == all);
  }

  @Test
  void shouldCountWhatARelayThatDiesMayNotHaveGot() throws Exception {
    Inbox full = new Inbox(false, 1);
    ZmqTransport relay = fixture.transport();
    Endpoint address = relay.bind("in", ANY, List.of(""), full).boundAddress();
    Publication logger =
        fixture.transport().connectPublication(address, new PublicationOptions(10_000, MANY));
    for (int i = 0; i < MANY; i++) {
      offer(logger, bytes("t"), BODY);
    }
    await().atMost(LONG).until(() -> logger.status().sent() >= 10_000);
    relay.close();
    assertThat(logger.drain(Duration.ofMillis(300))).isBetween(1L, (long) MANY);
    assertThat(logger.status().lost()).isPositive();
  }

  @Test
  void shouldFlushAndStopWithinMillisecondsWhenHealthy() throws Exception {
    ZmqTransport relay = fixture.transport();
    Inbox inbox = new Inbox();
    Endpoint address = relay.bind("in", ANY, List.of(""), inbox).boundAddress();
    ZmqTransport transport = fixture.transport();
    Publication out = transport.connectPublication(address, PublicationOptions.of(1000));
    assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
    long start = System.nanoTime();
    out.offer(bytes("t"), bytes("hi"));
    assertThat(out.drain(LONG)).isZero();
    long drained = System.nanoTime();
    transport.close();
    long closed = System.nanoTime();
    System.getLogger("timing")
        .log(
            System.Logger.Level.INFO,
            "drain {0} us, close {1} us",
            (drained - start) / 1000,
            (closed - drained) / 1000);
    await().until(() -> inbox.texts().equals(List.of("hi")));
  }
}
