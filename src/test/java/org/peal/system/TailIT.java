package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal tail} as a process. */
class TailIT {

  private static final String TOPIC = "org.fedoraproject.dev.logger.log";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final Publisher publisher = Publisher.bound();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  @AfterEach
  void closePublisher() {
    publisher.close();
  }

  private PealProcess tail(String... options) {
    java.util.ArrayList<String> args =
        new java.util.ArrayList<>(java.util.List.of("tail", "--connect", publisher.address()));
    args.addAll(java.util.List.of(options));
    return site.start(args.toArray(String[]::new));
  }

  private void sendSigned(String pair, String text) {
    publisher.sendSigned(
        new org.peal.crypto.x509.KeyPairFiles(
            folder.resolve(pair + ".crt"), folder.resolve(pair + ".key")),
        TOPIC,
        text);
  }

  @Test
  void shouldShowAMessageInEveryFormat() {
    PealProcess json = tail("--count", "1");
    PealProcess full = tail("--count", "1", "--output", "full", "--ca", "ca.crt");
    PealProcess terse = tail("--count", "1", "--terse");
    PealProcess pretty = tail("--count", "1", "--pretty", "--color", "always");
    PealProcess really = tail("--count", "1", "--really-pretty", "--color", "always");
    PealProcess query = tail("--count", "1", "--query", "msg.log,no.such");
    publisher.awaitSubscriptions(6);
    sendSigned("ann", "hello");

    json.assertExit(0);
    assertThat(json.out()).hasSize(1);
    assertThat(LoggerIT.json(json.out().get(0)).at("/msg/log").asText()).isEqualTo("hello");
    full.assertExit(0);
    JsonNode peal = LoggerIT.json(full.out().get(0)).path("peal");
    assertThat(peal.path("verdict").asText()).isEqualTo("valid");
    assertThat(peal.path("signer").asText()).isEqualTo("ann");
    assertThat(peal.path("endpoint").asText()).isEqualTo(publisher.address());
    assertThat(java.time.Instant.parse(peal.path("received-at").asText())).isNotNull();
    terse.assertExit(0);
    assertThat(terse.out()).containsExactly("logger.log -- hello (tester) ");
    pretty.assertExit(0);
    assertThat(String.join("\n", pretty.out()))
        .contains("Tue Nov 14 2", "\"topic\": ")
        .doesNotContain("certificate", "signature", "\u001b");
    really.assertExit(0);
    assertThat(String.join("\n", really.out()))
        .contains("\u001b[34m\"topic\"\u001b[0m: ", "1700000000")
        .doesNotContain("certificate", "signature");
    query.assertExit(0);
    assertThat(query.out()).containsExactly("hello, None");
  }

  @Test
  void shouldPrintTheReceivedTextWithoutItsWhiteSpace() {
    PealProcess tail = tail("--count", "1");
    publisher.awaitSubscriptions(1);
    publisher.send(
        TOPIC, "{ \"z\" : 1.50e2,\r\n\t\"topic\": \"t  t\", \"msg\" :\n{\"\u00e9\\u00e9\": -0} }");
    tail.assertExit(0);
    assertThat(tail.out())
        .containsExactly("{\"z\":1.50e2,\"topic\":\"t  t\",\"msg\":{\"\u00e9\\u00e9\":-0}}");
  }

  @Test
  void shouldFeedVerify() {
    Shell pipe =
        site.shell(
            "peal tail --connect "
                + publisher.address()
                + " --count 2 --no-validate | peal verify --ca ca.crt --crl crl.pem");
    publisher.awaitSubscriptions(1);
    site.pair("mallory", Site.MALLORY);
    sendSigned("ann", "one");
    sendSigned("mallory", "two");
    pipe.assertExit(77);
    assertThat(pipe.out().get(0)).isEqualTo("{\"valid\":true,\"signer\":\"ann\"}");
    assertThat(pipe.out().get(1)).startsWith("{\"valid\":false,\"reason\":\"UNTRUSTED\"");
  }

  @Test
  void shouldDropMarkOrOnlyShowWhatIsInvalid() {
    String[] trust = {"--ca", "ca.crt", "--crl", "crl.pem"};
    PealProcess drop = tail(trust[0], trust[1], trust[2], trust[3]);
    PealProcess mark =
        tail(
            trust[0], trust[1], trust[2], trust[3], "--invalid", "mark", "--terse", "--count", "3");
    PealProcess only =
        tail(
            trust[0],
            trust[1],
            trust[2],
            trust[3],
            "--invalid",
            "only",
            "--output",
            "full",
            "--count",
            "2");
    PealProcess none = tail("--no-validate", "--count", "3", "--query", "msg.log");
    publisher.awaitSubscriptions(4);
    site.pair("mallory", Site.MALLORY);
    sendSigned("mallory", "forged");
    publisher.send(TOPIC, Publisher.message(TOPIC, "unsigned").toString());
    sendSigned("ann", "good");

    drop.awaitOut("good");
    assertThat(drop.out()).hasSize(1);
    assertThat(drop.err())
        .filteredOn(line -> line.contains("are not shown"))
        .singleElement()
        .asString()
        .contains("INVALID UNTRUSTED");
    mark.assertExit(0);
    assertThat(mark.out().get(0)).startsWith("INVALID UNTRUSTED (").contains("forged");
    assertThat(mark.out().get(1)).startsWith("INVALID UNSIGNED (").contains("unsigned");
    assertThat(mark.out().get(2)).isEqualTo("logger.log -- good (tester) ");
    only.assertExit(0);
    assertThat(only.out())
        .extracting(line -> LoggerIT.json(line).at("/peal/reason").asText())
        .containsExactly("UNTRUSTED", "UNSIGNED");
    none.assertExit(0);
    assertThat(none.out()).containsExactly("forged", "unsigned", "good");
  }

  @Test
  void shouldChooseByTopicAndExpressions() {
    PealProcess prefix = tail("--topic", "org.a", "--topic", "org.b", "--query", "topic");
    PealProcess regex =
        tail("--include", "b[.]c", "--exclude", "secret$", "--query", "topic", "--count", "1");
    PealProcess standard = tail("--query", "topic");
    publisher.awaitSubscriptions(4);
    for (String topic :
        new String[] {
          "org.c", "org.b.c.secret", "org.x._heartbeat", "org.a.b", "org.b.c.open", "org.b.end"
        }) {
      publisher.send(topic, "{\"topic\":\"" + topic + "\",\"msg\":{}}");
    }
    prefix.awaitOut("org.b.end");
    assertThat(prefix.out())
        .containsExactly("org.b.c.secret", "org.a.b", "org.b.c.open", "org.b.end");
    regex.assertExit(0);
    assertThat(regex.out()).containsExactly("org.b.c.open");
    standard.awaitOut("org.b.end");
    assertThat(standard.out()).hasSize(5).doesNotContain("org.x._heartbeat");
  }

  @Test
  void shouldEndByTimeAndCount() {
    PealProcess idle = tail("--timeout", "0.3");
    PealProcess tooFew = tail("--timeout", "0.3", "--count", "2");
    idle.assertExit(0);
    tooFew.assertExit(1);
    assertThat(tooFew.out()).isEmpty();
  }

  @Test
  void shouldListenToSeveralAddressesAndSurviveTheBadOnes() {
    try (Publisher other = Publisher.bound()) {
      PealProcess tail =
          tail(
              "--connect",
              other.address(),
              "--connect",
              "tcp://nohost.invalid:1",
              "--query",
              "msg.log");
      publisher.awaitSubscriptions(1);
      other.awaitSubscriptions(1);
      tail.awaitErr("cannot resolve nohost.invalid");
      publisher.send(TOPIC, Publisher.message(TOPIC, "first").toString());
      tail.awaitOut("first");
      other.send(TOPIC, Publisher.message(TOPIC, "second").toString());
      tail.awaitOut("second");
      assertThat(tail.err()).noneMatch(line -> line.contains("\tat "));
    }
  }

  @Test
  void shouldTellOfALostConnection() {
    PealProcess tail;
    String address;
    try (Publisher brief = Publisher.bound()) {
      address = brief.address();
      tail = site.start("tail", "--connect", address);
      brief.awaitSubscriptions(1);
      tail.awaitErr("connected to " + address);
    }
    tail.awaitErr("connection to " + address + " lost, trying again");
  }

  @Test
  void shouldGoOnAfterGarbage() {
    PealProcess tail = tail("--query", "msg.log", "--count", "1");
    publisher.awaitSubscriptions(1);
    publisher.sendFrames("one frame");
    publisher.sendFrames(TOPIC, "{}", "third");
    publisher.sendFrames(TOPIC, "nonsense");
    publisher.sendFrames(TOPIC, "[".repeat(100_000));
    publisher.sendFrames(TOPIC, "");
    publisher.sendFrames("", "");
    PealProcess json = tail("--count", "1");
    publisher.awaitSubscriptions(2);
    publisher.send(TOPIC, Publisher.message(TOPIC, "good").toString());
    json.assertExit(0);
    assertThat(json.out()).singleElement().asString().contains("\"good\"");
    tail.awaitExit();
    assertThat(tail.err()).noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void shouldObeyThePolicy() {
    site.file("policy.yaml", TOPIC + ": [bob]\n'org.fedoraproject.*.free.#': [ann]\n");
    PealProcess tail =
        tail(
            "--ca",
            "ca.crt",
            "--policy",
            "policy.yaml",
            "--nitpicky",
            "--output",
            "full",
            "--invalid",
            "mark");
    publisher.awaitSubscriptions(1);
    var ann = site.pair("ann", Site.ANN);
    var bob = site.pair("bob", Site.BOB);
    publisher.sendSigned(ann, TOPIC, "1");
    publisher.sendSigned(bob, TOPIC, "2");
    publisher.sendSigned(ann, "org.fedoraproject.dev.free.a.b", "3");
    publisher.sendSigned(bob, "org.fedoraproject.dev.free.a.b", "4");
    publisher.sendSigned(bob, "org.fedoraproject.dev.unknown", "5");
    assertThat(tail.awaitOut(5, line -> true))
        .extracting(LoggerIT::json)
        .extracting(line -> line.at("/peal/reason").asText(line.at("/peal/verdict").asText()))
        .containsExactly("NOT_PERMITTED", "valid", "valid", "NOT_PERMITTED", "NOT_PERMITTED");
  }

  @Test
  void shouldEndQuietlyWhenItsReaderGoesAway() {
    Shell pipe =
        site.shell(
            "peal tail --connect "
                + publisher.address()
                + " | head -n 1; echo \"status ${PIPESTATUS[0]}\"");
    publisher.awaitSubscriptions(1);
    while (!pipe.outHolds("status", java.time.Duration.ofMillis(50))) {
      publisher.send(TOPIC, Publisher.message(TOPIC, "again").toString());
    }
    pipe.assertExit(0);
    assertThat(pipe.out()).hasSize(2).last().isEqualTo("status 141");
    assertThat(pipe.err()).noneMatch(line -> line.contains("ipe") && line.contains("roken"));
    assertThat(pipe.err()).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
  }

  @Test
  void shouldEndAsShellsExpectOnASignalWhileNobodyReads() throws IOException {
    site.shell("mkfifo pipe").assertExit(0);
    try (RandomAccessFile pipe = new RandomAccessFile(folder.resolve("pipe").toFile(), "rw");
        FileInputStream unread = new FileInputStream(pipe.getFD())) {
      Shell tail = site.shell("exec peal tail --connect " + publisher.address() + " >pipe");
      publisher.awaitSubscriptions(1);
      // More than any pipe holds: once a part of it is there, the rest waits.
      publisher.send(TOPIC, Publisher.message(TOPIC, "x".repeat(900_000)).toString());
      await().until(() -> unread.available() > 0);
      tail.terminate();
      tail.assertExit(143);
    }
  }

  @Test
  void shouldEndAsShellsExpectOnASignal() {
    PealProcess terminated = tail();
    PealProcess interrupted = tail();
    publisher.awaitSubscriptions(2);
    terminated.terminate();
    interrupted.signal("INT");
    terminated.assertExit(143);
    interrupted.assertExit(130);
    assertThat(terminated.out()).isEmpty();
  }
}
