package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal logger} as a process. */
class LoggerIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldReachWhoeverListensBehindARelay() {
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start("tail", "--connect", relay.out(), "--ca", "ca.crt", "--output", "full");
    tail.awaitErr("connected to " + relay.out());

    PealProcess signed =
        site.run(
            "",
            "logger",
            "--endpoint",
            relay.in(),
            "--message",
            "h\u00ebllo",
            "--cert",
            "ann.crt",
            "--key",
            "ann.key",
            "--print");
    signed.assertExit(0);
    assertThat(signed.err()).containsExactly(Site.unconfirmed("logger", relay.in()));
    assertThat(signed.out()).hasSize(1);
    JsonNode got = json(tail.awaitOut("h\\u00ebllo"));
    assertThat(got.at("/peal/signer").asText()).isEqualTo("ann");
    assertThat(got.at("/envelope/msg_id").asText()).isEqualTo(signed.out().get(0));
    assertThat(got.at("/envelope/topic").asText()).isEqualTo("org.fedoraproject.dev.logger.log");
  }

  @Test
  void shouldSendEveryKindOfInputInOrder() {
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start("tail", "--connect", relay.out(), "--query", "topic,msg", "--no-validate");
    tail.awaitErr("connected to " + relay.out());

    send(relay, "  one \n\n\tthree", 0, "logger");
    send(relay, "{\n \"a\":\n 1.0}\n", 0, "logger", "--json-input", "--topic", "t.json");
    send(relay, "{\"b\":1}\n[]\n", 0, "logger", "--json-lines", "--modname", "git");
    send(relay, "", 0, "logger", "--message", "{\"c\":2}", "--json-input", "--topic", "x");
    assertThat(tail.awaitOut(7, line -> true))
        .containsExactly(
            "org.fedoraproject.dev.logger.log, {\"log\":\"one\"}",
            "org.fedoraproject.dev.logger.log, {\"log\":\"\"}",
            "org.fedoraproject.dev.logger.log, {\"log\":\"three\"}",
            "org.fedoraproject.dev.logger.t.json, {\"a\":1.0}",
            "org.fedoraproject.dev.git.log, {\"b\":1}",
            "org.fedoraproject.dev.git.log, {}",
            "org.fedoraproject.dev.logger.x, {\"c\":2}");
    assertThat(tail.err()).filteredOn(line -> line.contains("not verified")).hasSize(1);
  }

  private PealProcess send(Site.Relay relay, String input, int status, String... args) {
    List<String> all = new java.util.ArrayList<>(List.of(args));
    all.addAll(List.of("--endpoint", relay.in(), "--no-sign"));
    PealProcess process = site.run(input, all.toArray(String[]::new));
    process.assertExit(status);
    return process;
  }

  @Test
  void shouldSendNothingFromABadLineOn() {
    Site.Relay relay = site.relay();
    PealProcess logger =
        send(relay, "{\"n\":1}\n{\"n\":2}\n{\"n\": 3,}\n{\"n\":4}\n", 65, "logger", "--json-lines");
    assertThat(logger.err()).hasSize(2);
    assertThat(logger.err().get(1)).startsWith("peal logger: bad JSON at line 3, column 9: ");
    assertThat(relay.counters()).contains("received 2, forwarded 2");
  }

  @Test
  void shouldTellThePlaceInAJsonDocument() {
    PealProcess logger = site.run("{\n \"a\": 1,\n \"b\": x\n}", "logger", "--json-input");
    logger.assertExit(65);
    assertThat(logger.err()).anyMatch(line -> line.contains("bad JSON at line 3, column 7: "));
  }

  @Test
  void shouldWarnOnceWhenUnsigned() {
    Site.Relay relay = site.relay();
    PealProcess logger = site.run("a\nb\n", "logger", "--endpoint", relay.in());
    logger.assertExit(0);
    assertThat(logger.err()).hasSize(2);
    assertThat(logger.err().get(0)).contains("publishing unsigned", "--no-sign");
    assertThat(send(relay, "a\n", 0, "logger").err())
        .containsExactly(Site.unconfirmed("logger", relay.in()));
    assertThat(relay.counters()).contains("received 3, forwarded 3, dropped 0, refused 0");
  }

  @Test
  void shouldSayWhenNobodyListens() throws IOException {
    PealProcess bound =
        site.run("", "logger", "--message", "x", "--bind", "tcp://127.0.0.1:0", "--timeout", "0.5");
    bound.assertExit(75);
    assertThat(bound.err())
        .anyMatch(
            line ->
                line.contains("nobody listens to org.fedoraproject.dev.logger.log")
                    && line.contains("within 0.5 s; nothing was sent"));

    PealProcess refused =
        site.run("", "logger", "--message", "x", "--endpoint", unusedAddress(), "--timeout", "1");
    refused.assertExit(75);
    assertThat(refused.err()).anyMatch(line -> line.contains("(not connected) within 1 s"));
  }

  /** Returns an address where nobody listens, as far as that can be known. */
  static String unusedAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "tcp://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void shouldSayWhenAHostCannotBeResolved() {
    PealProcess logger =
        site.run(
            "",
            "logger",
            "--message",
            "x",
            "--endpoint",
            "tcp://nohost.invalid:1",
            "--timeout",
            "2");
    logger.assertExit(75);
    assertThat(logger.err())
        .anyMatch(line -> line.contains("cannot resolve nohost.invalid"))
        .anyMatch(line -> line.contains("nothing was sent"));
  }

  @Test
  void shouldWaitForAsManySubscriptionsAsAsked() {
    PealProcess logger =
        site.start(
            "logger",
            "--message",
            "both",
            "--no-sign",
            "--wait",
            "2",
            "--timeout",
            "60",
            "--bind",
            "tcp://127.0.0.1:0");
    String address = logger.awaitListening();
    PealProcess first = site.start("tail", "--connect", address, "--count", "1");
    first.awaitErr("connected to " + address);
    assertThat(logger.isAlive()).isTrue();
    PealProcess second = site.start("tail", "--connect", address, "--count", "1");
    logger.assertExit(0);
    first.assertExit(0);
    second.assertExit(0);
    assertThat(second.out()).singleElement().asString().contains("\"both\"");
  }

  @Test
  void shouldSendAtOnceWhenTold() {
    PealProcess logger =
        site.run(
            "",
            "logger",
            "--message",
            "x",
            "--no-sign",
            "--wait",
            "0",
            "--bind",
            "tcp://127.0.0.1:0");
    logger.assertExit(0);
    assertThat(logger.err())
        .hasSize(1)
        .first()
        .asString()
        .contains("listening on tcp://127.0.0.1:");
  }

  @Test
  void shouldRefuseAnAddressInUse() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "tcp://127.0.0.1:" + socket.getLocalPort();
      PealProcess logger = site.run("", "logger", "--message", "x", "--no-sign", "--bind", address);
      logger.assertExit(73);
      assertThat(logger.err()).singleElement().asString().contains(address, "in use");
    }
  }

  @Test
  void shouldEndAsShellsExpectOnASignal() {
    PealProcess terminated = waiting();
    PealProcess interrupted = waiting();
    terminated.awaitListening();
    terminated.terminate();
    interrupted.awaitListening();
    interrupted.signal("INT");
    terminated.assertExit(143);
    interrupted.assertExit(130);
  }

  private PealProcess waiting() {
    return site.start(
        "logger", "--message", "x", "--no-sign", "--timeout", "60", "--bind", "tcp://127.0.0.1:0");
  }

  @Test
  void shouldFollowConfigurationEnvironmentAndOptionsInThatOrder() {
    Site.Relay relay = site.relay();
    PealProcess tail = site.start("tail", "--connect", relay.out(), "--query", "topic");
    tail.awaitErr("connected to " + relay.out());
    site.file(
        "conf/peal.yaml",
        "topic: {prefix: org.file, environment: prod}\nrelay: {in: '" + relay.in() + "'}\n");
    PealProcess logger =
        processes.add(
            PealProcess.run(
                site.setting()
                    .with("PEAL_TOPIC__ENVIRONMENT", "stg")
                    .with("PEAL_CRYPTO__SIGN", "false"),
                new byte[0],
                "logger",
                "--config",
                "conf",
                "--message",
                "x"));
    logger.assertExit(0);
    assertThat(logger.err()).containsExactly(Site.unconfirmed("logger", relay.in()));
    assertThat(tail.awaitOut("org.file")).isEqualTo("org.file.stg.logger.log");
  }

  @Test
  void shouldSignWithThePairBesideTheConfiguration() throws IOException {
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start("tail", "--connect", relay.out(), "--ca", "ca.crt", "--output", "full");
    tail.awaitErr("connected to " + relay.out());
    String host =
        java.nio.file.Files.readString(Path.of("/proc/sys/kernel/hostname"))
            .strip()
            .split("\\.")[0];
    site.pair("conf/certs/shell-" + host, Site.ANN);
    site.pair("conf/certs/bodhi-" + host, Site.BOB);
    for (String[] options : new String[][] {{}, {"--cert-prefix", "bodhi"}}) {
      List<String> args =
          new java.util.ArrayList<>(
              List.of("logger", "--config", "conf", "--endpoint", relay.in(), "--message", "x"));
      args.addAll(List.of(options));
      PealProcess logger = site.run("", args.toArray(String[]::new));
      logger.assertExit(0);
      assertThat(logger.err()).containsExactly(Site.unconfirmed("logger", relay.in()));
    }
    assertThat(tail.awaitOut(2, line -> true))
        .extracting(line -> json(line).at("/peal/signer").asText())
        .containsExactly("ann", "bob");
  }
}
