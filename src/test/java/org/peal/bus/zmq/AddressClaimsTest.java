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

/** Several subscriptions that lead to one publisher. */
class AddressClaimsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final TransportFixture fixture = new TransportFixture();
  private final ZmqTransport transport = fixture.transport();
  private final AddressClaims claims = new AddressClaims();
  private final Inbox inbox = new Inbox();
  private final Publication out = transport.bindPublication(ANY, PublicationOptions.of(1000));

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.fatal).isEmpty();
  }

  private Subscription connect(String host) {
    Endpoint address = new Endpoint(host, out.boundAddress().port());
    return transport.connect("a", address, claims, List.of(""), inbox);
  }

  private static void awaitConnected(Subscription subscription) {
    await().atMost(LONG).until(() -> subscription.status().connected());
  }

  private static void awaitElsewhere(Subscription subscription) {
    await().atMost(LONG).until(() -> subscription.status().isElsewhere());
  }

  private void assertArrivesOnce(String text) throws InterruptedException {
    assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
    out.offer(bytes("t"), bytes(text));
    out.offer(bytes("t"), bytes("end"));
    await().atMost(LONG).until(() -> inbox.texts().contains("end"));
    assertThat(inbox.texts()).containsOnlyOnce(text);
  }

  @Test
  void connect_sameAddressUnderTwoNames_isConnectedOnce() throws Exception {
    fixture.names.put("one.test", List.of("127.0.0.1"));
    Subscription first = connect("127.0.0.1");
    awaitConnected(first);
    Subscription second = connect("one.test");
    awaitElsewhere(second);

    assertArrivesOnce("x");
    assertThat(second.status().connected()).isFalse();
    assertThat(second.status().address()).isEmpty();
  }

  @Test
  void close_holder_letsTheOtherTakeOver() {
    fixture.names.put("one.test", List.of("127.0.0.1"));
    Subscription first = connect("127.0.0.1");
    awaitConnected(first);
    Subscription second = connect("one.test");
    awaitElsewhere(second);
    first.close();

    awaitConnected(second);
    assertThat(second.status().isElsewhere()).isFalse();
  }

  @Test
  void connect_nameWithAFreeAddress_takesThat() {
    fixture.names.put("two.test", List.of("127.0.0.1", "127.0.0.2"));
    Subscription first = connect("127.0.0.1");
    awaitConnected(first);
    Publication other =
        transport.bindPublication(
            new Endpoint("127.0.0.2", out.boundAddress().port()), PublicationOptions.of(10));
    Subscription second = connect("two.test");

    awaitConnected(second);
    assertThat(second.status().address()).isEqualTo(other.boundAddress().toString());
  }

  @Test
  void leave_neededByAnother_staysUntilThatEnds() throws Exception {
    fixture.names.put("one.test", List.of("127.0.0.1"));
    Subscription first = connect("127.0.0.1");
    awaitConnected(first);
    Subscription second = connect("one.test");
    first.leave();
    awaitElsewhere(second);

    assertArrivesOnce("x");
    assertThat(first.isClosed()).isFalse();
    second.close();
    await().atMost(LONG).until(first::isClosed);
  }

  @Test
  void leave_neededByNobody_closes() {
    Subscription first = connect("127.0.0.1");
    awaitConnected(first);
    first.leave();

    await().atMost(LONG).until(first::isClosed);
    assertThat(first.status().connected()).isFalse();
  }

  @Test
  void leave_publisherGone_letsTheOtherTry() {
    fixture.names.put("one.test", List.of("127.0.0.1"));
    Subscription first = connect("127.0.0.1");
    awaitConnected(first);
    Subscription second = connect("one.test");
    awaitElsewhere(second);
    first.leave();
    Endpoint address = out.boundAddress();
    out.close();
    await().atMost(LONG).until(first::isClosed);

    await().atMost(LONG).ignoreExceptions().until(() -> publishAgain(address));
    awaitConnected(second);
  }

  @Test
  void avoid_publication_isNeverConnectedToByAnyName() {
    fixture.names.put("one.test", List.of("127.0.0.1"));
    claims.avoid(out);
    Subscription byAddress = connect("127.0.0.1");
    Subscription byName = connect("one.test");

    for (Subscription each : List.of(byAddress, byName)) {
      await().atMost(LONG).until(() -> each.status().problem().contains("published again"));
      assertThat(each.status().connected()).isFalse();
    }
    assertThat(out.status().peers().opened()).isZero();
  }

  @Test
  void avoid_nameWithAnotherAddress_takesThat() {
    fixture.names.put("two.test", List.of("127.0.0.1", "127.0.0.2"));
    claims.avoid(out);
    Endpoint there = new Endpoint("127.0.0.2", out.boundAddress().port());
    transport.bindPublication(there, PublicationOptions.of(10));
    Subscription subscription = connect("two.test");

    awaitConnected(subscription);
    assertThat(subscription.status().address()).isEqualTo(there.toString());
  }

  @Test
  void leave_avoided_closes() {
    claims.avoid(out);
    Subscription subscription = connect("127.0.0.1");
    await().atMost(LONG).until(() -> subscription.status().problem().contains("published again"));
    subscription.leave();

    await().atMost(LONG).until(subscription::isClosed);
  }

  private boolean publishAgain(Endpoint address) {
    return transport.bindPublication(address, PublicationOptions.of(10)) != null;
  }
}
