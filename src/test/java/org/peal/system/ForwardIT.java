package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** {@code peal relay} and {@code peal gateway} as processes. */
class ForwardIT {

  private static final String TOPIC = "org.fedoraproject.dev.test.any";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  private static String text(byte[] frame) {
    assertThat(frame).as("a frame within a minute").isNotNull();
    return new String(frame, StandardCharsets.UTF_8);
  }

  private static ZMQ.Socket subscriber(ZContext context, String address) {
    ZMQ.Socket socket = context.createSocket(SocketType.SUB);
    socket.setReceiveTimeOut(60_000);
    socket.connect(address);
    socket.subscribe("");
    return socket;
  }

  @Test
  void shouldForwardEveryByteThroughRelayAndGateway() {
    Site.Relay relay = site.relay();
    PealProcess gateway =
        site.start("gateway", "--connect", relay.out(), "--out", "tcp://127.0.0.1:0");
    String out = gateway.awaitListening();
    gateway.awaitErr("connected to " + relay.out());
    String payload = "{ \"x\" : 1.50, \"topic\":\"other\" }\r\n\u00e9";
    try (ZContext context = new ZContext();
        Publisher publisher = Publisher.connected(relay.in())) {
      ZMQ.Socket socket = subscriber(context, out);
      // The subscription may take its time, so it is repeated until one comes through.
      socket.setReceiveTimeOut(200);
      byte[] first = null;
      while (first == null) {
        publisher.send(TOPIC, payload);
        first = socket.recv();
      }
      assertThat(text(first)).isEqualTo(TOPIC);
      assertThat(text(socket.recv())).isEqualTo(payload);
    }
    gateway.terminate();
    gateway.assertExit(0);
    assertThat(gateway.err()).last().asString().contains("received ", ", dropped 0, refused 0");
    assertThat(gateway.out()).isEmpty();
  }

  @Test
  void shouldTakeSeveralAddressesOnBothSides() {
    PealProcess relay =
        site.start(
            "relay",
            "--in",
            "tcp://127.0.0.1:0",
            "tcp://127.0.0.1:0",
            "--out",
            "tcp://127.0.0.1:0",
            "--out",
            "tcp://[::1]:0");
    List<String> addresses = relay.awaitListening(4);
    assertThat(relay.err()).filteredOn(line -> line.endsWith(" (in)")).hasSize(2);
    assertThat(addresses).doesNotHaveDuplicates();
    PealProcess tail =
        site.start(
            "tail",
            "--connect",
            addresses.get(2),
            "--connect",
            addresses.get(3),
            "--query",
            "msg.log");
    tail.awaitErr("connected to " + addresses.get(2));
    tail.awaitErr("connected to " + addresses.get(3));
    for (String in : addresses.subList(0, 2)) {
      site.run("", "logger", "--no-sign", "--endpoint", in, "--message", "x").assertExit(0);
    }
    assertThat(tail.awaitOut(4, line -> true)).containsExactly("x", "x", "x", "x");
  }

  @Test
  void shouldNeverReceiveWhatItPublishes() {
    Site.Relay relay = site.relay();
    String out = "tcp://127.0.0.1:" + FreePorts.run(1);
    String same = out.replace("127.0.0.1", "localhost");
    PealProcess gateway =
        site.start(
            "gateway", "--out", out, "--connect", relay.out(), "--connect", out, "--connect", same);
    gateway.awaitErr("connected to " + relay.out());
    gateway.awaitErr("not connecting to " + out);
    gateway.awaitErr("not connecting to " + same);
    PealProcess tail = site.start("tail", "--connect", out, "--query", "msg.log");
    tail.awaitErr("connected to " + out);
    for (String text : List.of("first", "last")) {
      site.run("", "logger", "--no-sign", "--endpoint", relay.in(), "--message", text)
          .assertExit(0);
    }
    tail.awaitOut("last");
    gateway.terminate();
    gateway.assertExit(0);
    assertThat(gateway.err()).last().asString().contains("received 2, forwarded 2,");
    assertThat(tail.out()).containsExactly("first", "last");
  }

  @Test
  void shouldForwardOnlyWhatIsValid() {
    Site.Relay relay = site.relay("--validate", "--ca", "ca.crt", "--crl", "crl.pem");
    PealProcess tail = site.start("tail", "--connect", relay.out(), "--query", "msg.log");
    tail.awaitErr("connected to " + relay.out());
    try (Publisher publisher = Publisher.connected(relay.in())) {
      publisher.sendSigned(site.pair("mallory", Site.MALLORY), TOPIC, "forged");
      publisher.send(TOPIC, Publisher.message(TOPIC, "unsigned").toString());
      publisher.send(TOPIC, "nonsense");
      publisher.sendFrames("one");
      publisher.sendSigned(site.pair("ann", Site.ANN), TOPIC, "good");
      tail.awaitOut("good");
    }
    assertThat(tail.out()).containsExactly("good");
    assertThat(relay.counters())
        .startsWith("peal relay: received 4, forwarded 1, dropped 0, refused 3 {")
        .contains("UNSIGNED=1", "MALFORMED=1", "UNTRUSTED=1", "misshapen 1");
  }

  @Test
  void shouldForwardAndCountInvalidMessagesWhenTold() {
    Site.Relay relay = site.relay("--validate", "--ca", "ca.crt", "--invalid", "forward");
    relay.process().awaitErr("revocation is not checked");
    PealProcess tail = site.start("tail", "--connect", relay.out(), "--query", "msg.log");
    tail.awaitErr("connected to " + relay.out());
    site.run("", "logger", "--no-sign", "--endpoint", relay.in(), "--message", "x").assertExit(0);
    tail.awaitOut("x");
    assertThat(relay.counters())
        .contains("received 1, forwarded 1, dropped 0, refused 1 {UNSIGNED=1}");
  }

  @Test
  void shouldRefuseAddressesThatCannotBeHad() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String taken = "tcp://127.0.0.1:" + socket.getLocalPort();
      refused(73, taken, "relay", "--in", taken, "--out", "tcp://127.0.0.1:0");
      refused(73, taken, "gateway", "--connect", "tcp://127.0.0.1:1", "--out", taken);
    }
    refused(
        73, "no such address", "relay", "--in", "tcp://192.0.2.1:0", "--out", "tcp://127.0.0.1:0");
    refused(69, "nohost.invalid", "relay", "--in", "tcp://nohost.invalid:0");
  }

  private void refused(int status, String told, String... args) {
    PealProcess process = site.run("", args);
    process.assertExit(status);
    assertThat(process.err()).last().asString().contains(told);
    assertThat(process.out()).isEmpty();
  }

  @Test
  void shouldEndInOrderOnEitherSignal() {
    for (String signal : List.of("TERM", "INT")) {
      Site.Relay relay = site.relay();
      relay.process().signal("HUP");
      site.run("", "logger", "--no-sign", "--endpoint", relay.in(), "--message", signal)
          .assertExit(0);
      relay.process().signal(signal);
      relay.process().assertExit(0);
      assertThat(relay.process().err()).last().asString().contains("received 1, forwarded 1");
    }
  }

  @Test
  void shouldEndAtOnceOnTheSecondSignal() {
    Site.Relay relay = site.relay();
    relay.process().signal("TERM");
    relay.process().signal("TERM");
    // The first may be done before the second comes.
    assertThat(relay.process().awaitExit()).isIn(0, 143);
  }
}
