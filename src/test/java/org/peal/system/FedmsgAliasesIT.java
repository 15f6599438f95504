package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.ExternalProcess;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** The {@code fedmsg-*} aliases with the originals' options and exit codes. */
class FedmsgAliasesIT {

  private static final String TOPIC = "org.fedoraproject.dev.git.receive";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  /** Writes what {@code fedmsg-config} prints, as far as it matters here. */
  private void configuration(String inbound, String outbound) {
    site.file(
        "fedmsg.json",
        """
        {
          "topic_prefix": "org.fedoraproject", "environment": "dev", "io_threads": 1,
          "high_water_mark": 0, "zmq_linger": 1000, "post_init_sleep": 0.5,
          "relay_inbound": "%s", "endpoints": {"relay_outbound": ["%s"]},
          "sign_messages": false, "validate_signatures": false, "routing_policy": {},
          "crl_location": null, "zmq_enabled": true, "status_directory": null
        }
        """
            .formatted(inbound, outbound));
  }

  @Test
  void shouldWorkTogetherWithTheConfigurationOfFedmsg() {
    Site.Relay relay = site.relay();
    configuration(relay.in(), relay.out());
    PealProcess tail =
        site.startProgram(
            "fedmsg-tail",
            "--config-filename",
            "fedmsg.json",
            "--timeout",
            "1",
            "--topic",
            "org.fedoraproject",
            "--no-validate",
            "--terse");
    tail.awaitErr("connected to " + relay.out());
    PealProcess logger =
        site.startProgram(
            "fedmsg-logger",
            "--config-filename",
            "fedmsg.json",
            "--message",
            "hi",
            "--topic",
            "t",
            "--modname",
            "m",
            "--io-threads",
            "1",
            "--linger",
            "500",
            "--high-water-mark",
            "0",
            "--post-init-sleep",
            "0.1",
            "--topic-prefix",
            "org.fedoraproject");
    logger.assertExit(0);
    assertThat(logger.out()).isEmpty();
    assertThat(tail.awaitOut("m.t -- ")).contains("log=hi");
    tail.signal("INT");
    tail.assertExit(0);
    assertThat(tail.out()).last().asString().isEmpty();
  }

  @Test
  void shouldChooseByUsersAndPackages() {
    try (Publisher publisher = Publisher.bound()) {
      String address = publisher.address();
      PealProcess users =
          site.startProgram(
              "fedmsg-tail", "--connect", address, "--users", "x,tester", "--query", "topic");
      PealProcess packages =
          site.startProgram(
              "fedmsg-tail", "--connect", address, "--packages", "bash", "--query", "msg.pkg.name");
      PealProcess cow = site.startProgram("fedmsg-tail", "--connect", address, "--cowsay");
      publisher.awaitSubscriptions(3);
      publisher.send("a.b.c.1", "{\"topic\":\"a.b.c.1\",\"msg\":{\"user\":\"other\"}}");
      publisher.send("a.b.c.2", "{\"topic\":\"a.b.c.2\",\"msg\":{\"pkg\":{\"name\":\"bash\"}}}");
      publisher.send(TOPIC, Publisher.message(TOPIC, "last'; rm -rf /").toString());
      users.awaitOut(TOPIC);
      assertThat(users.out()).containsExactly(TOPIC);
      packages.awaitOut("bash");
      cow.awaitOut("last'; rm -rf /");
      cow.awaitOut("^__^");
    }
  }

  @Test
  void shouldTriggerWithTheMessageOnStandardInput() {
    try (Publisher publisher = Publisher.bound()) {
      configuration("tcp://127.0.0.1:1", publisher.address());
      PealProcess trigger =
          site.startProgram(
              "fedmsg-trigger",
              "--config-filename",
              "fedmsg.json",
              "--timeout",
              "2",
              "--topic",
              "org.fedoraproject.dev.git",
              "--command",
              "grep -c one");
      publisher.awaitSubscriptions(1);
      publisher.send("org.other", "{\"topic\":\"org.other\",\"msg\":{}}");
      publisher.send(TOPIC, Publisher.message(TOPIC, "it's one").toString());
      trigger.awaitErr("the command ended with 0");
      trigger.terminate();
      trigger.assertExit(0);
      assertThat(trigger.out()).containsExactly("1");
    }
  }

  @Test
  void shouldKeepTheExitCodesOfTheOriginals() throws IOException {
    exits(2, "unknown option", "fedmsg-logger", "--bogus");
    exits(2, "unknown option", "fedmsg-tail", "--daemon");
    exits(2, "unknown option", "fedmsg-trigger", "--daemon");
    exits(1, "give the command to run with --command", "fedmsg-trigger");
    exits(2, "\"|\" is for a shell", "fedmsg-trigger", "--command", "grep x | mail me");
    exits(1, "--msg-id", "fedmsg-dg-replay");
    exits(1, "bad JSON at line 1", "fedmsg-logger", "--message", "{", "--json-input");
    exits(
        0,
        "nobody listens",
        "fedmsg-logger",
        "--message",
        "x",
        "--timeout",
        "0.5",
        "--endpoint",
        LoggerIT.unusedAddress());
    site.file("old.py", "config = dict()\n");
    exits(78, "fedmsg-config > fedmsg.json", "fedmsg-tail", "--config-filename", "old.py");
    exits(78, "fedmsg-config > fedmsg.json", "fedmsg-logger", "--config-filename", "old.py");
  }

  private void exits(int status, String told, String program, String... args) {
    PealProcess process = site.startProgram(program, args);
    process.closeInput();
    process.assertExit(status);
    assertThat(String.join("\n", process.err())).contains(told);
    assertThat(process.out()).isEmpty();
  }

  @Test
  void shouldPrintTheConfigurationAsJson() {
    configuration("tcp://127.0.0.1:2003", "tcp://127.0.0.1:4001");
    PealProcess process =
        site.startProgram("fedmsg-tail", "--config-filename", "fedmsg.json", "--print-config");
    process.assertExit(0);
    assertThat(LoggerIT.json(String.join("\n", process.out())).path("relay.in").toString())
        .contains("tcp://127.0.0.1:2003");
  }

  @Test
  void shouldRunThroughALink() throws IOException {
    Path bin = ExternalProcess.checkout().resolve("bin");
    Files.createSymbolicLink(folder.resolve("tail"), bin.resolve("fedmsg-tail"));
    Shell shell = site.shell("./tail --help; rm tail");
    shell.assertExit(0);
    assertThat(shell.out()).first().asString().startsWith("Usage: fedmsg-tail");
  }
}
