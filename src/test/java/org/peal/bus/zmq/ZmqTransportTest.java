package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.peal.bus.zmq.TransportFixture.ANY;
import static org.peal.bus.zmq.TransportFixture.bytes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;
import org.peal.testing.FreePorts;

class ZmqTransportTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final PublicationOptions OPTIONS = PublicationOptions.of(1000);
  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.fatal).isEmpty();
  }

  @Test
  void connect_toBoundPublication_receivesMatchingTopicsOnly() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication out = transport.bindPublication(ANY, OPTIONS);
    Inbox inbox = new Inbox();
    Subscription in = transport.connect("a", out.boundAddress(), List.of("org.x"), inbox);

    assertThat(out.awaitSubscribers(bytes("org.x.y"), 1, LONG)).isTrue();
    out.offer(bytes("org.y"), bytes("no"));
    out.offer(bytes("org.x.y"), bytes("yes"));

    await().until(() -> inbox.texts().equals(List.of("yes")));
    assertThat(in.status().connected()).isTrue();
    assertThat(in.status().messages()).isEqualTo(1);
    assertThat(in.status().address()).isEqualTo(out.boundAddress().toString());
    assertThat(out.status().unheard()).isEqualTo(1);
  }

  @Test
  void connect_moreSocketsThanExpected_saysSoAndConnectsWhenThereIsRoom() {
    ZmqTransport transport = fixture.transport();
    transport.expect(0);
    List<Subscription> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(
          transport.connect(
              "p" + i,
              fixture.transport().bindPublication(ANY, OPTIONS).boundAddress(),
              List.of(""),
              new Inbox()));
    }
    await()
        .atMost(LONG)
        .until(() -> all.stream().anyMatch(s -> s.status().problem().startsWith("no socket is")));
    List<Subscription> without = all.stream().filter(each -> !each.status().connected()).toList();
    assertThat(without).hasSizeLessThan(20);
    all.stream().filter(each -> !without.contains(each)).forEach(Subscription::close);
    await().atMost(LONG).until(() -> without.stream().allMatch(s -> s.status().connected()));
  }

  @Test
  void connectPublication_beforeRelayIsThere_keepsMessagesUntilItIs() throws Exception {
    ZmqTransport transport = fixture.transport();
    Endpoint address = new Endpoint("127.0.0.1", FreePorts.run(1));
    Publication out = transport.connectPublication(address, OPTIONS);
    assertThat(out.offer(bytes("t"), bytes("early"))).isTrue();

    Inbox inbox = new Inbox();
    await().ignoreExceptions().until(() -> bindAgain(transport, address, inbox));

    await().atMost(LONG).until(() -> inbox.texts().equals(List.of("early")));
    assertThat(out.drain(LONG)).isZero();
    assertThat(out.offer(bytes("t"), bytes("late"))).isFalse();
  }

  private static boolean bindAgain(ZmqTransport transport, Endpoint address, Inbox inbox) {
    return transport.bind("relay-in", address, List.of(""), inbox) != null;
  }

  @Test
  void bind_whereASocketOfOursWasClosed_waitsUntilTheAddressIsFree() {
    ZmqTransport transport = fixture.transport();
    Subscription first = transport.bind("in", ANY, List.of(""), new Inbox());
    Endpoint address = first.boundAddress();
    first.close();
    for (int i = 0; i < 100; i++) {
      transport.bindPublication(address, OPTIONS).close();
      transport.bind("in", address, List.of(""), new Inbox()).close();
    }
  }

  @Test
  void awaitSubscribers_nobodyThere_isFalseAfterTheLimit() throws Exception {
    Publication out = fixture.transport().bindPublication(ANY, OPTIONS);

    assertThat(out.awaitSubscribers(bytes("t"), 1, Duration.ofMillis(20))).isFalse();
  }

  @Test
  void awaitSubscribers_twoEqualSubscriptions_countAsTwo() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication out = transport.bindPublication(ANY, OPTIONS);
    transport.connect("a", out.boundAddress(), List.of(""), new Inbox());
    transport.connect("b", out.boundAddress(), List.of(""), new Inbox());

    assertThat(out.awaitSubscribers(bytes("t"), 2, LONG)).isTrue();
    assertThat(out.awaitSubscribers(bytes("t"), 3, Duration.ofMillis(20))).isFalse();
  }

  @Test
  void resume_whileTheSinkStillRefuses_offersTheMessageAgain() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication out = transport.bindPublication(ANY, OPTIONS);
    Inbox inbox = new Inbox();
    AtomicBoolean hasRefused = new AtomicBoolean();
    CompletableFuture<Subscription> in = new CompletableFuture<>();
    FrameSink sink =
        message -> {
          if (hasRefused.getAndSet(true)) {
            return inbox.accept(message);
          }
          CompletableFuture.runAsync(() -> in.join().resume()).join();
          return false;
        };
    in.complete(transport.connect("a", out.boundAddress(), List.of(""), sink));
    assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();

    out.offer(bytes("t"), bytes("room came too early"));

    await().atMost(LONG).until(() -> inbox.texts().equals(List.of("room came too early")));
  }

  @Test
  void resume_afterFullSink_offersTheSameMessageAgainAndLosesNothing() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication out = transport.bindPublication(ANY, OPTIONS);
    Inbox inbox = new Inbox(true, 2);
    Subscription in = transport.connect("a", out.boundAddress(), List.of(""), inbox);
    assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
    for (int i = 0; i < 10; i++) {
      out.offer(bytes("t"), bytes("" + i));
    }
    await().until(() -> in.status().pauses() == 1);
    assertThat(inbox.texts()).containsExactly("0", "1");

    inbox.capacity(100);
    in.resume();

    await().until(() -> inbox.count() == 10);
    assertThat(inbox.texts()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void bind_portInUse_isSaidSo() {
    ZmqTransport transport = fixture.transport();
    Subscription in = transport.bind("in", ANY, List.of(""), new Inbox());

    ZmqException failure =
        catchThrowableOfType(
            ZmqException.class, () -> transport.bindPublication(in.boundAddress(), OPTIONS));

    assertThat(failure.kind()).isEqualTo(ZmqException.Kind.ADDRESS_IN_USE);
    assertThat(failure).hasMessageContaining(in.boundAddress().toString());
  }

  @Test
  void bind_unknownHost_isSaidSo() {
    ZmqTransport transport = fixture.transport();

    ZmqException failure =
        catchThrowableOfType(
            ZmqException.class,
            () -> transport.bind("in", new Endpoint("no.such", 0), List.of(""), new Inbox()));

    assertThat(failure.kind()).isEqualTo(ZmqException.Kind.UNKNOWN_HOST);
  }

  @Test
  void bind_foreignAddress_isSaidSo() {
    ZmqTransport transport = fixture.transport();

    ZmqException failure =
        catchThrowableOfType(
            ZmqException.class,
            () -> transport.bind("in", new Endpoint("192.0.2.1", 0), List.of(""), new Inbox()));

    assertThat(failure.kind()).isEqualTo(ZmqException.Kind.NOT_AVAILABLE);
  }

  @Test
  void bind_everyInterface_isReachedByBothFamilies() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication out = transport.bindPublication(new Endpoint("*", 0), OPTIONS);
    int port = out.boundAddress().port();
    assertThat(port).isPositive();
    transport.connect("4", new Endpoint("127.0.0.1", port), List.of(""), new Inbox());
    transport.connect("6", new Endpoint("::1", port), List.of(""), new Inbox());

    assertThat(out.awaitSubscribers(bytes("t"), 2, LONG)).isTrue();
  }

  @Test
  void connect_firstAddressOfNameDead_usesTheSecond() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication out = transport.bindPublication(ANY, OPTIONS);
    fixture.names.put("two.example", List.of("127.0.0.2", "127.0.0.1"));
    transport.connect(
        "two", new Endpoint("two.example", out.boundAddress().port()), List.of(""), new Inbox());

    assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
  }

  @Test
  void connect_nameUnknownAtFirst_isResolvedLater() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication out = transport.bindPublication(ANY, OPTIONS);
    Subscription in =
        transport.connect(
            "late",
            new Endpoint("late.example", out.boundAddress().port()),
            List.of(""),
            new Inbox());
    assertThat(out.awaitSubscribers(bytes("t"), 1, Duration.ofMillis(150))).isFalse();
    assertThat(in.status().connected()).isFalse();

    fixture.names.put("late.example", List.of("127.0.0.1"));

    assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
  }

  @Test
  void connect_publisherRestarts_isFoundAgain() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication first = transport.bindPublication(ANY, OPTIONS);
    Endpoint address = first.boundAddress();
    Inbox inbox = new Inbox();
    Subscription in = transport.connect("a", address, List.of(""), inbox);
    assertThat(first.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
    first.close();
    await().until(() -> !in.status().connected());

    Publication second =
        await()
            .ignoreExceptions()
            .until(() -> transport.bindPublication(address, OPTIONS), p -> p != null);
    assertThat(second.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
    second.offer(bytes("t"), bytes("again"));

    await().until(() -> inbox.texts().contains("again"));
  }

  @Test
  void close_twice_isHarmlessAndLaterCallsSayClosed() {
    ZmqTransport transport = fixture.transport();
    Subscription in = transport.bind("in", ANY, List.of(""), new Inbox());
    in.close();
    in.close();
    transport.close();
    transport.close();

    ZmqException failure =
        catchThrowableOfType(
            ZmqException.class, () -> transport.bind("in", ANY, List.of(""), new Inbox()));
    assertThat(failure.kind()).isEqualTo(ZmqException.Kind.CLOSED);
  }

  @Test
  void drain_nothingSent_isZeroAtOnce() throws Exception {
    Publication out = fixture.transport().connectPublication(new Endpoint("127.0.0.1", 1), OPTIONS);

    assertThat(out.drain(LONG)).isZero();
  }

  @Test
  void drain_readerHasGone_isZeroAtOnce() throws Exception {
    ZmqTransport transport = fixture.transport();
    Publication out = transport.bindPublication(ANY, OPTIONS);
    Inbox inbox = new Inbox();
    Subscription in = transport.connect("a", out.boundAddress(), List.of(""), inbox);
    assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
    out.offer(bytes("t"), bytes("1"));
    await().until(() -> inbox.texts().equals(List.of("1")));
    in.close();
    await().until(() -> out.status().peers().open() == 0);

    assertThat(out.drain(LONG)).isZero();
  }

  @Test
  void drain_nobodyThere_countsWhatIsQueued() throws Exception {
    Publication out = fixture.transport().connectPublication(new Endpoint("127.0.0.1", 1), OPTIONS);
    out.offer(bytes("t"), bytes("1"));
    out.offer(bytes("t"), bytes("2"));

    assertThat(out.drain(Duration.ofMillis(50))).isEqualTo(2);
  }
}
