package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peal.bus.zmq.TransportFixture.ANY;
import static org.peal.bus.zmq.TransportFixture.bytes;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several sockets on one loop: what one of them does must not take the others' turns. */
class LoopTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private final TransportFixture fixture = new TransportFixture();
  private final ZmqTransport receiving = fixture.transport();
  private final Publication early = publication();
  private final Publication late = publication();
  private final Inbox earlyInbox = new Inbox(true, Integer.MAX_VALUE);
  private final Inbox lateInbox = new Inbox();
  private final Subscription first =
      receiving.connect("first", early.boundAddress(), List.of(""), earlyInbox);

  @BeforeEach
  void connectTheOther() throws InterruptedException {
    assertThat(early.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
    receiving.connect("second", late.boundAddress(), List.of(""), lateInbox);
    assertThat(late.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
  }

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.fatal).isEmpty();
  }

  private Publication publication() {
    return fixture.transport().bindPublication(ANY, PublicationOptions.of(1000));
  }

  private static void assertArrives(Publication out, String text, Inbox inbox) {
    assertThat(out.offer(bytes("t"), bytes(text))).isTrue();
    await().alias(text).atMost(LONG).until(() -> inbox.texts().contains(text));
  }

  @Test
  void close_earlierSocket_laterOneIsStillRead() {
    assertArrives(late, "before", lateInbox);
    first.close();

    assertArrives(late, "after", lateInbox);
  }

  @Test
  void pause_earlierSocket_laterOneIsStillRead() {
    earlyInbox.capacity(0);
    assertThat(early.offer(bytes("t"), bytes("held"))).isTrue();
    await().atMost(LONG).until(() -> first.status().pauses() == 1);

    assertArrives(late, "meanwhile", lateInbox);
  }

  @Test
  void resume_earlierSocket_bothAreRead() {
    earlyInbox.capacity(0);
    assertThat(early.offer(bytes("t"), bytes("held"))).isTrue();
    await().atMost(LONG).until(() -> first.status().pauses() == 1);
    earlyInbox.capacity(Integer.MAX_VALUE);
    first.resume();
    await().atMost(LONG).until(() -> earlyInbox.texts().contains("held"));

    assertArrives(late, "late", lateInbox);
    assertArrives(early, "early", earlyInbox);
  }

  @Test
  void offer_byAnInterruptedThread_arrivesAndTheLoopCanStillBeWoken() {
    try {
      for (int i = 0; i < 100; i++) {
        Thread.currentThread().interrupt();
        assertThat(early.offer(bytes("t"), bytes("interrupted " + i))).isTrue();
      }
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    await().atMost(LONG).until(() -> earlyInbox.texts().contains("interrupted 99"));
    assertArrives(early, "after", earlyInbox);
  }
}
