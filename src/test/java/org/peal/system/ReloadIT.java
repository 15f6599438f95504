package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** Files that change while a command runs. */
class ReloadIT {

  private static final String TOPIC = "org.fedoraproject.dev.logger.log";
  private static final Duration PAUSE = Duration.ofMillis(200);

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  /**
   * Sends a message again and again until it shows, for nobody knows when a change takes effect.
   */
  private static void sendUntil(
      Publisher publisher, byte[] payload, PealProcess tail, String shown) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    do {
      assertThat(System.nanoTime()).as(() -> shown + "\n" + tail).isLessThan(deadline);
      publisher.send(TOPIC, payload);
    } while (!tail.outHolds(shown, PAUSE));
  }

  @Test
  void shouldFollowEndpointFilesAndKeepTheLastGoodState() throws Exception {
    try (Publisher first = Publisher.bound();
        Publisher second = Publisher.bound();
        Publisher third = Publisher.bound()) {
      site.file("conf/peal.yaml", "topic: {environment: dev}\n");
      site.file("conf/endpoints.d/a.yaml", "endpoints:\n  a: " + first.address() + "\n");
      PealProcess tail = site.start("tail", "--config", "conf", "--query", "msg.log");
      first.awaitSubscriptions(1);
      tail.awaitErr("connected to " + first.address() + " (a)");

      site.file("conf/endpoints.d/b.yaml", "endpoints:\n  b: " + second.address() + "\n");
      second.awaitSubscriptions(1);
      tail.awaitErr("connected to " + second.address() + " (b)");

      site.file("conf/endpoints.d/b.yaml", "endpoints:\n  b: [tcp://127.0.0.1:1\n  c: d\n");
      tail.awaitErr("b.yaml:3:");
      second.send(TOPIC, Publisher.message(TOPIC, "still there").toString());
      tail.awaitOut("still there");

      Files.delete(folder.resolve("conf/endpoints.d/b.yaml"));
      site.file("conf/endpoints.d/a.yaml", "endpoints:\n  a: []\n  x: " + third.address() + "\n");
      tail.awaitErr("connected to " + third.address() + " (x)");
      assertThat(tail.err()).noneMatch(line -> line.contains("\tat "));
    }
  }

  @Test
  void shouldRevokeWhileRunning() {
    Site.Relay relay = site.relay("--validate", "--ca", "ca.crt", "--crl", "crl.pem");
    KeyPairFiles ann = new KeyPairFiles(folder.resolve("ann.crt"), folder.resolve("ann.key"));
    PealProcess behind = site.start("tail", "--connect", relay.out(), "--query", "msg.log");
    behind.awaitErr("connected to " + relay.out());
    try (Publisher direct = Publisher.bound();
        Publisher relayed = Publisher.connected(relay.in())) {
      PealProcess tail =
          site.start(
              "tail",
              "--connect",
              direct.address(),
              "--ca",
              "ca.crt",
              "--crl",
              "crl.pem",
              "--invalid",
              "mark",
              "--output",
              "full");
      direct.awaitSubscriptions(1);
      byte[] before = Publisher.signed(ann, TOPIC, "before");
      direct.send(TOPIC, before);
      relayed.send(TOPIC, before);
      tail.awaitOut("\"verdict\":\"valid\"");
      behind.awaitOut("before");

      site.file("crl.pem", "broken");
      sendUntil(direct, Publisher.signed(ann, TOPIC, "kept"), tail, "kept");
      site.revoke(Site.ANN.serial());
      sendUntil(direct, before, tail, "\"reason\":\"REVOKED\"");
      assertThat(tail.out()).noneMatch(line -> line.contains("REVOCATION_UNKNOWN"));

      // The relay looks at its files when a message makes it, at most once a second.
      Instant end = Instant.now().plus(Duration.ofMinutes(1));
      String late;
      do {
        late = "late at " + Instant.now();
        relayed.sendSigned(ann, TOPIC, late);
        relayed.sendSigned(site.pair("bob", Site.BOB), TOPIC, "from bob, " + late);
        behind.awaitOut("from bob, " + late);
      } while (behind.out().contains(late) && Instant.now().isBefore(end));
      relayed.sendSigned(ann, TOPIC, "after");
      relayed.sendSigned(site.pair("bob", Site.BOB), TOPIC, "bob again");
      behind.awaitOut("bob again");
      assertThat(behind.out()).doesNotContain("after");
    }
    assertThat(relay.counters()).contains("REVOKED=");
  }

  @Test
  void shouldSignWithAKeyPairThatWasReplaced() {
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start("tail", "--connect", relay.out(), "--ca", "ca.crt", "--output", "full");
    tail.awaitErr("connected to " + relay.out());
    PealProcess logger =
        site.start("logger", "--endpoint", relay.in(), "--cert", "ann.crt", "--key", "ann.key");
    logger.writeLine("one");
    tail.awaitOut("\"signer\":\"ann\"");
    site.pair("ann", Site.BOB);
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    do {
      assertThat(System.nanoTime()).as(tail::toString).isLessThan(deadline);
      logger.writeLine("more");
    } while (!tail.outHolds("\"signer\":\"bob\"", PAUSE));
    logger.finish(0);
    assertThat(tail.out()).noneMatch(line -> line.contains("\"invalid\""));
  }
}
