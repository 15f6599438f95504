package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal node} as a process: its parts together, signals, and what cannot start. */
class NodeIT {

  private static final String TOPIC = "org.fedoraproject.dev.test.any";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int port = FreePorts.run(5);
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    site.file(
        "endpoints.d/site.yaml",
        "endpoints: {relay: '%s', signed: '%s'}".formatted(address(1), address(3)));
    site.file("policy.yaml", "org.fedoraproject.dev.test.forbidden: [ann]\n");
    configure("relay, signing-relay, gateway");
  }

  private String address(int offset) {
    return "tcp://127.0.0.1:" + (port + offset);
  }

  private void configure(String parts) {
    configure(parts, address(4));
  }

  private void configure(String parts, String gateway) {
    site.file(
        "peal.yaml",
        """
        node: {name: test.host, parts: [%s]}
        relay: {in: '%s', out: '%s'}
        signing-relay: {in: '%s', out: '%s'}
        gateway: {out: '%s'}
        crypto:
          validate: true
          ca: ca.crt
          crl: crl.pem
          directory: .
          certnames: {signing_relay: bob}
          policy: policy.yaml
        """
            .formatted(parts, address(0), address(1), address(2), address(3), gateway));
  }

  private PealProcess node() {
    PealProcess node = site.start("node", "--config", ".");
    node.awaitErr("node test.host runs");
    return node;
  }

  private PealProcess tail(String from) {
    PealProcess tail = site.start("tail", "--config", ".", "--connect", from, "--output", "full");
    tail.awaitErr("connected to " + from);
    return tail;
  }

  private static void ends(PealProcess node, String... lastWords) {
    node.terminate();
    node.assertExit(0);
    for (String words : lastWords) {
      assertThat(node.err()).as(words).anyMatch(line -> line.contains(words));
    }
  }

  @Test
  void shouldRunAllPartsInOneProcess() {
    PealProcess node = node();
    node.awaitErr("connected to " + address(1) + " (relay)");
    node.awaitErr("connected to " + address(3) + " (signed)");
    PealProcess tail = tail(address(4));
    byte[] signed = Publisher.signed(site.pair("ann", Site.ANN), TOPIC, "signed by ann");
    try (Publisher relay = Publisher.connected(address(0));
        Publisher signing = Publisher.connected(address(2))) {
      relay.send(TOPIC, Publisher.message(TOPIC, "unsigned").toString());
      relay.send(TOPIC, signed);
      String byAnn = tail.awaitOut("signed by ann");
      assertThat(byAnn).contains("\"signer\":\"ann\"");

      signing.send(TOPIC, Publisher.message(TOPIC, "unsigned for bob").toString());
      assertThat(tail.awaitOut("unsigned for bob")).contains("\"signer\":\"bob\"");
      signing.sendSigned(site.pair("ann", Site.ANN), TOPIC, "ann again");
      assertThat(tail.awaitOut("ann again")).contains("\"signer\":\"ann\"");
      signing.sendSigned(site.pair("mallory", Site.MALLORY), TOPIC, "forged");
      signing.send("a.b", Publisher.message(TOPIC, "other topic frame").toString());
      String forbidden = "org.fedoraproject.dev.test.forbidden";
      signing.send(forbidden, Publisher.message(forbidden, "not bob's").toString());
      signing.send(TOPIC, Publisher.message(TOPIC, "the last").toString());
      tail.awaitOut("the last");
    }
    assertThat(tail.out()).hasSize(4);
    node.awaitErr("relay: UNSIGNED message from " + address(0));
    node.awaitErr("signing-relay: NOT_PERMITTED message from " + address(2));
    ends(
        node,
        "peal node: relay: received 2, forwarded 1, dropped 0, refused 1 {UNSIGNED=1}",
        "peal node: signing-relay: received 6, forwarded 3, signed 2, dropped 0, refused 3 {",
        "peal node: gateway: received 4, forwarded 4, dropped 0, refused 0");
  }

  @Test
  void shouldNeverReceiveWhatItsGatewayPublishes() {
    site.file(
        "endpoints.d/site.yaml",
        "endpoints: {relay: '%s', all: '%s'}".formatted(address(1), address(4)));
    configure("relay, gateway");
    PealProcess node = node();
    node.awaitErr("connected to " + address(1) + " (relay)");
    node.awaitErr("not connecting to all (" + address(4));
    PealProcess tail = tail(address(4));
    try (Publisher relay = Publisher.connected(address(0))) {
      relay.sendSigned(site.pair("ann", Site.ANN), TOPIC, "first");
      tail.awaitOut("first");
      relay.sendSigned(site.pair("ann", Site.ANN), TOPIC, "last");
      tail.awaitOut("last");
    }
    ends(node, "peal node: gateway: received 2, forwarded 2, dropped 0, refused 0");
    assertThat(tail.out()).hasSize(2);
  }

  @Test
  void shouldForwardSignedMessagesByteForByteThroughTheSigningRelay() {
    configure("signing-relay");
    PealProcess node = node();
    PealProcess tail = site.start("tail", "--connect", address(3));
    tail.awaitErr("connected to " + address(3));
    // The same message with other white space: what is verified is not what goes over the wire.
    String text =
        new String(Publisher.signed(site.pair("ann", Site.ANN), TOPIC, "x"), StandardCharsets.UTF_8)
            .replace("\"i\":1,", "\"i\":   1 ,\r\n");
    try (Publisher publisher = Publisher.connected(address(2));
        Publisher.Reader reader = Publisher.reader(address(3))) {
      publisher.send(TOPIC, text);
      tail.awaitOut("\"log\":\"x\"");
      assertThat(reader.next(TOPIC, () -> publisher.send(TOPIC, text))).isEqualTo(text);
    }
    ends(node);
  }

  @Test
  void shouldFinishWhatIsUnderWayAtTheEnd() {
    configure("relay");
    PealProcess node = node();
    PealProcess tail = tail(address(1));
    int count = 500;
    try (Publisher publisher = Publisher.connected(address(0))) {
      byte[] signed = Publisher.signed(site.pair("ann", Site.ANN), TOPIC, "many");
      for (int i = 0; i < count; i++) {
        publisher.send(TOPIC, signed);
      }
      tail.awaitOut("many");
    }
    node.terminate();
    node.assertExit(0);
    String last = node.err().get(node.err().size() - 1);
    int received = Integer.parseInt(last.replaceFirst(".*received (\\d+).*", "$1"));
    assertThat(last).contains("forwarded " + received + ", dropped 0, refused 0");
    tail.awaitOut(received, line -> line.contains("many"));
  }

  @Test
  void shouldTakeOverWhatHasChangedAtHangUp() {
    configure("relay");
    PealProcess node = node();
    PealProcess tail = tail(address(1));
    configure("relay, gateway");
    node.signal("HUP");
    node.awaitErr("gateway: started");
    node.awaitErr("gateway: listening on " + address(4));
    node.awaitErr("gateway: connected to " + address(1));
    PealProcess outside = tail(address(4));

    configure("relay, gateway", address(2));
    node.signal("HUP");
    node.awaitErr("gateway: runs with its new settings");
    outside.terminate();
    PealProcess moved = tail(address(2));
    assertThat(node.err()).noneMatch(line -> line.contains("relay: runs with"));

    configure("relay");
    node.signal("HUP");
    node.awaitErr("gateway: ended");
    moved.awaitErr("lost");
    assertThat(tail.err()).noneMatch(line -> line.contains("lost"));
    site.run(
            "",
            "logger",
            "--config",
            ".",
            "--message",
            "still here",
            "--cert",
            "ann.crt",
            "--key",
            "ann.key")
        .assertExit(0);
    tail.awaitOut("still here");
    ends(node);
  }

  @Test
  void shouldKeepWhatItHadWhenTheNewConfigurationIsWrong() throws IOException {
    configure("relay, gateway");
    PealProcess node = node();
    site.file("peal.yaml", "relay: {inn: 'tcp://127.0.0.1:1'}\n");
    node.signal("HUP");
    node.awaitErr("relay.inn: unknown key");
    node.awaitErr("not taken over, the old one stays in force");

    // Right in itself, but it cannot be had.
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      configure("relay, gateway", "tcp://127.0.0.1:" + taken.getLocalPort());
      node.signal("HUP");
      node.awaitErr(
          "gateway cannot start: cannot listen on tcp://127.0.0.1:" + taken.getLocalPort());
    }
    PealProcess tail = tail(address(4));
    node.awaitErr("gateway: connected to " + address(1));
    try (Publisher publisher = Publisher.connected(address(0))) {
      long end = System.nanoTime() + java.time.Duration.ofMinutes(2).toNanos();
      // The gateway's link is made anew; nobody is told when.
      do {
        assertThat(System.nanoTime()).as(tail::toString).isLessThan(end);
        publisher.sendSigned(site.pair("ann", Site.ANN), TOPIC, "through both");
      } while (!tail.outHolds("through both", java.time.Duration.ofMillis(500)));
    }
    ends(node);
  }

  @Test
  void shouldNameThePartThatCannotStartAndTheRemedy() throws IOException {
    try (ServerSocket taken = new ServerSocket(port + 4, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      PealProcess node = site.run("", "node", "--config", ".");
      node.assertExit(73);
      assertThat(node.err())
          .last()
          .asString()
          .contains(
              "gateway cannot start", address(4), "in use", "set gateway.out to another port");
    }
    configure("signing-relay");
    site.file("peal.yaml", "node: {parts: signing-relay}\ncrypto: {ca: ca.crt, directory: .}\n");
    PealProcess noKey = site.run("", "node", "--config", ".");
    noKey.assertExit(78);
    assertThat(noKey.err()).last().asString().contains("signing_relay-");
    site.file("peal.yaml", "node: {parts: signing-relay}\n");
    PealProcess noAuthority = site.run("", "node", "--config", ".");
    noAuthority.assertExit(78);
    assertThat(noAuthority.err()).last().asString().contains("crypto.ca");
    PealProcess unknown = site.run("", "node", "--part", "relais");
    unknown.assertExit(78);
    assertThat(unknown.err())
        .last()
        .asString()
        .contains("one of publisher, replay, ", ", relay, signing-relay, gateway, ", "\"relais\"");
  }
}
