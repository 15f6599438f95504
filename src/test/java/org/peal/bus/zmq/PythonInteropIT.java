package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peal.bus.zmq.TransportFixture.ANY;
import static org.peal.bus.zmq.TransportFixture.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peal.endpoint.Endpoint;

/** Talks to libzmq through Debian's python3-zmq, each side binding and connecting once. */
class PythonInteropIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final TransportFixture fixture =
      new TransportFixture(
          ZmqTuning.DEFAULT.withHeartbeat(Duration.ofMillis(100), Duration.ofSeconds(2)));
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    fixture.close();
    assertThat(fixture.fatal).isEmpty();
  }

  private static Process python(String... lines) throws IOException {
    String script = "import sys, time, zmq\nc = zmq.Context()\n" + String.join("\n", lines);
    return new ProcessBuilder("/usr/bin/python3", "-c", script).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return text;
  }

  @Test
  void shouldSendToAConnectedLibzmqSubscriber() throws Exception {
    Publication out = fixture.transport().bindPublication(ANY, PublicationOptions.of(1000));
    Process peer =
        python(
            "s = c.socket(zmq.SUB)",
            "s.connect('" + out.boundAddress() + "')",
            "s.setsockopt(zmq.SUBSCRIBE, b'org.')",
            "print([s.recv_multipart() for i in range(3)])");
    assertThat(out.awaitSubscribers(bytes("org.a"), 1, LONG)).isTrue();
    for (int i = 0; i < 3; i++) {
      out.offer(bytes("no"), bytes("skipped"));
      out.offer(bytes("org.a"), bytes("m" + i));
    }
    assertThat(output(peer))
        .isEqualTo("[[b'org.a', b'm0'], [b'org.a', b'm1'], [b'org.a', b'm2']]\n");
  }

  @Test
  void shouldSendActivelyToABoundLibzmqSubscriber() throws Exception {
    Process peer =
        python(
            "s = c.socket(zmq.SUB)",
            "print(s.bind_to_random_port('tcp://127.0.0.1'), flush=True)",
            "s.setsockopt(zmq.SUBSCRIBE, b'')",
            "n = 0",
            "while n < 20000:",
            "    s.recv_multipart(); n += 1",
            "print(n)");
    int port = Integer.parseInt(peer.inputReader().readLine());
    Publication out =
        fixture
            .transport()
            .connectPublication(
                new Endpoint("127.0.0.1", port), new PublicationOptions(1000, 20_000));
    for (int i = 0; i < 20_000; i++) {
      assertThat(out.offer(bytes("t"), bytes("x".repeat(500)))).isTrue();
    }
    assertThat(out.drain(LONG)).isZero();
    assertThat(peer.inputReader().readLine()).isEqualTo("20000");
  }

  @Test
  void shouldReceiveFromABoundLibzmqPublisherAndKeepTheLink() throws Exception {
    Process peer =
        python(
            "s = c.socket(zmq.XPUB)",
            "print(s.bind_to_random_port('tcp://127.0.0.1'), flush=True)",
            "print(s.recv(), flush=True)",
            "s.send_multipart([b't', b'first'])",
            "time.sleep(3)",
            "s.send_multipart([b't', b'second'])",
            "time.sleep(0.5)");
    int port = Integer.parseInt(peer.inputReader().readLine());
    Subscription in =
        fixture.transport().connect("python", new Endpoint("127.0.0.1", port), List.of("t"), inbox);
    assertThat(peer.inputReader().readLine()).isEqualTo("b'\\x01t'");
    await().atMost(LONG).until(() -> inbox.texts().equals(List.of("first", "second")));
    assertThat(in.status().peers().opened()).isEqualTo(1);
    peer.destroyForcibly();
  }

  @Test
  void shouldReceiveFromAConnectingLibzmqPublisher() throws Exception {
    Subscription in = fixture.transport().bind("relay-in", ANY, List.of(""), inbox);
    Process peer =
        python(
            "s = c.socket(zmq.PUB)",
            "s.connect('" + in.boundAddress() + "')",
            "time.sleep(0.5)",
            "s.send_multipart([b't', 'h\\u00e9'.encode()])",
            "s.send_multipart([b'one frame'])",
            "s.send_multipart([b't', b'a', b'b'])",
            "s.send_multipart([b't', b'last'])",
            "s.close(); c.term()");
    assertThat(output(peer)).isEmpty();
    await().atMost(LONG).until(() -> inbox.texts().equals(List.of("h\u00e9", "last")));
    assertThat(in.status().wrongFrameCount()).isEqualTo(2);
  }

  @Test
  void shouldReachEachOtherOverIpv6() throws Exception {
    Publication out =
        fixture.transport().bindPublication(new Endpoint("::1", 0), PublicationOptions.of(1000));
    Process peer =
        python(
            "s = c.socket(zmq.SUB); s.ipv6 = True",
            "s.connect('" + out.boundAddress() + "')",
            "s.setsockopt(zmq.SUBSCRIBE, b'')",
            "print(s.recv_multipart())");
    assertThat(out.awaitSubscribers(bytes("t"), 1, LONG)).isTrue();
    out.offer(bytes("t"), bytes("six"));
    assertThat(output(peer)).isEqualTo("[b't', b'six']\n");
  }
}
