package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouterResponderTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final TransportFixture fixture = new TransportFixture();
  private final ZmqTransport transport = fixture.transport();

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.fatal).isEmpty();
  }

  /** Far more than what the system keeps for a connection. */
  private static final List<byte[]> HUGE = Collections.nCopies(56, new byte[1 << 20]);

  /** Answers with a megabyte in sixteen frames, and a question of two bytes with much more. */
  private Responder responder(long maxUnsent) {
    List<byte[]> answer = Collections.nCopies(16, new byte[1 << 16]);
    return transport.bindResponder(
        TransportFixture.ANY,
        new ResponderOptions(1024, 100, maxUnsent, Duration.ofMillis(500)),
        question -> question.answer(question.body().length == 2 ? HUGE : answer));
  }

  private void assertAnswers(Responder responder) throws Exception {
    try (Requester requester =
        transport.requester(
            "server",
            responder.boundAddress(),
            new RequesterOptions(100, 8 << 20, 4, LONG, LONG))) {
      Reply reply = requester.ask(new byte[1], LONG).get(60, TimeUnit.SECONDS);
      assertThat(reply).isInstanceOf(Reply.Frames.class);
      assertThat(((Reply.Frames) reply).frames()).hasSize(16);
    }
  }

  @Test
  void shouldDropWhoAsksOnWithoutReading() throws Exception {
    Responder responder = responder(64L << 20);
    try (RawPeer peer = RawPeer.connect(responder.boundAddress(), "REQ")) {
      for (int i = 0; i < 200 && dropped(responder) == 0; i++) {
        try {
          peer.frame(RawPeer.MORE, new byte[0]).frame(0, new byte[1]);
        } catch (IOException e) {
          break;
        }
      }
      await().until(() -> dropped(responder) > 0);
      await().until(() -> responder.status().unsentBytes() == 0);
      assertAnswers(responder);
    }
  }

  private static long dropped(Responder responder) {
    return responder.status().slow() + responder.status().impatient();
  }

  @Test
  void shouldDropWhoAsksOnceAndNeverReads() throws Exception {
    Responder responder = responder(64L << 20);
    try (RawPeer peer = RawPeer.connect(responder.boundAddress(), "REQ")) {
      peer.frame(RawPeer.MORE, new byte[0]).frame(0, new byte[2]);
      await().until(() -> responder.status().unsentBytes() > 0);
      assertAnswers(responder);
      await().until(() -> responder.status().slow() == 1);
      assertThat(responder.status().impatient()).isZero();
      await().until(() -> responder.status().unsentBytes() == 0);
      await().until(() -> responder.status().peers().open() == 0);
      assertAnswers(responder);
    }
  }

  @Test
  void shouldDropWhoSendsWhatIsTooLong() throws Exception {
    Responder responder = responder(64L << 20);
    try (RawPeer peer = RawPeer.connect(responder.boundAddress(), "REQ")) {
      peer.frame(RawPeer.MORE, new byte[0]).frame(0, new byte[2000]);
      assertThat(peer.isDropped()).isTrue();
    }
    assertAnswers(responder);
    assertThat(responder.status().questions()).isEqualTo(1);
  }

  @Test
  void shouldOverlookWhatIsNoQuestion() throws Exception {
    Responder responder = responder(64L << 20);
    try (RawPeer bytes = RawPeer.connect(responder.boundAddress());
        RawPeer peer = RawPeer.connect(responder.boundAddress(), "DEALER")) {
      bytes.raw((byte) 1, (byte) 2, (byte) 3);
      peer.frame(0, new byte[1]);
      await().until(() -> responder.status().misshapen() == 1);
      assertAnswers(responder);
    }
  }
}
