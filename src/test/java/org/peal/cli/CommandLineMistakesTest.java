package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.cli.InProcess.Result;

/** Wrong command lines and wrong configurations, with what the user is told. */
class CommandLineMistakesTest {

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("not-pem"), "hello\n");
    Files.createDirectory(folder.resolve("a-folder"));
    Files.writeString(folder.resolve("old.py"), "config = {}\n");
  }

  private static Arguments mistake(String line, int status, String... told) {
    return Arguments.of(line, status, told);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("tail --bogus", 2, "peal tail: unknown option: '--bogus'", "peal tail --help"),
        mistake("tail --outptu json", 2, "--output"),
        mistake("tail extra", 2, "peal tail: unmatched argument", "'extra'"),
        mistake("tail --count x", 2, "--count", "must be a whole number: \"x\""),
        mistake("tail --count 0", 2, "--count must be at least 1: 0"),
        mistake("tail --users a,b --packages c --count 0", 2, "--count must be at least 1: 0"),
        mistake(
            "fedmsg-tail --users a,b --packages c --count 0", 2, "--count must be at least 1: 0"),
        mistake("tail --timeout soon", 2, "--timeout", "must be a number: \"soon\""),
        mistake("tail --timeout -1", 2, "--timeout must be a positive number of seconds"),
        mistake("tail --output xml", 2, "--output", "[json, full, terse, pretty]", "'xml'"),
        mistake("tail --invalid maybe", 2, "--invalid", "[drop, mark, only]"),
        mistake("tail --color sometimes", 2, "--color", "[auto, always, never]"),
        mistake("tail --invalid mark", 2, "--invalid mark", "--output full, terse or pretty"),
        mistake("tail --invalid mark --output json", 2, "--invalid mark"),
        mistake("tail --invalid only", 78, "--invalid only needs a certificate authority"),
        mistake("tail --include (", 2, "--include is not a regular expression: \"(\""),
        mistake("tail --exclude [", 2, "--exclude is not a regular expression: \"[\""),
        mistake("tail --connect host:1", 2, "--connect", "tcp://host:port", "\"host:1\""),
        mistake("tail --validate", 78, "there is no certificate authority", "--ca FILE"),
        mistake("tail --ca nowhere", 66, "--ca: no such file: nowhere"),
        mistake("tail --ca a-folder", 66, "--ca: is a folder, not a file: a-folder"),
        mistake("tail --ca not-pem", 78, "not-pem: no certificate in PEM form in it"),
        mistake("tail --crl nowhere", 66, "--crl: no such file: nowhere"),
        mistake("tail --policy a-folder", 66, "--policy: is a folder"),
        mistake("tail --max-age soon", 78, "command line", "crypto.max-age", "soon"),
        mistake("tail", 78, "no folder of endpoint files found", "--connect tcp://HOST:PORT"),
        mistake("bench bridges", 2, "no such path: \"bridges\"", "publish, publish-signed"),
        mistake("bench --runs 0", 2, "--runs must be at least 1: 0"),
        mistake("bench --count 1", 2, "--count must be at least 100: 1"),
        mistake("bench --compare nowhere", 66, "--compare: no such file: nowhere"),
        mistake("store EXPORT copy.db", 2, "expected one of [export, import]", "'EXPORT'"),
        mistake("tagging CATCH_UP", 2, "catch-up, import-mts]", "'CATCH_UP'"),
        mistake("tagging catch_up", 2, "catch-up, import-mts]", "'catch_up'"),
        mistake("trigger", 2, "COMMAND"),
        mistake("trigger -- nosuch", 66, "no such command, or not executable: \"nosuch\""),
        mistake("trigger -- ./not-pem", 66, "not executable: \"./not-pem\""),
        mistake("trigger -- ./a-folder", 66, "not executable: \"./a-folder\""),
        mistake("trigger --wait-for -1 -- sh", 2, "--wait-for must be a positive number"),
        mistake("trigger --max-queue-size -1 -- sh", 2, "--max-queue-size must be at least 0: -1"),
        mistake("trigger --max-pending 0 -- sh", 2, "--max-pending must be at least 1: 0"),
        mistake("trigger --command-timeout 0 -- sh", 2, "--command-timeout must be a positive"),
        mistake("trigger --stop-timeout 0 -- sh", 2, "--stop-timeout must be a positive"),
        mistake("trigger --validate -- sh", 78, "there is no certificate authority"),
        mistake("trigger -- sh", 78, "no folder of endpoint files found"),
        mistake("fedmsg-trigger", 1, "give the command to run with --command"),
        mistake("fedmsg-trigger --command a|b", 2, "\"|\" is for a shell"),
        mistake("fedmsg-trigger --command nosuch", 1, "no such command"),
        mistake("announce", 65, "there is nothing to announce"),
        mistake("announce --wait -1", 2, "--wait must be at least 0: -1"),
        mistake("dg-replay", 2, "--msg-id"),
        mistake("dg-replay --msg-id x --datagrepper-url nonsense", 2, "https://host/path"),
        mistake("dg-replay --msg-id x --datagrepper-url http://127.0.0.1:1", 69, "cannot ask http"),
        mistake("fedmsg-dg-replay", 1, "--msg-id"),
        mistake("relay --in", 2, "--in"),
        mistake("relay --in nonsense", 2, "--in: address must look like tcp://host:port"),
        mistake("relay --out nonsense", 2, "--out: address must look like tcp://host:port"),
        mistake("relay --validate", 78, "there is no certificate authority"),
        mistake("replay --from x", 2, "--seq", "--id", "--since"),
        mistake("replay --seq 1", 2, "--from"),
        mistake("replay --from x --seq 1 --since 2h", 2, "mutually exclusive"),
        mistake("replay --from x --seq 5:2", 2, "--seq must be", "\"5:2\""),
        mistake("replay --from x --seq 0", 2, "--seq must be"),
        mistake("replay --from x --since soon", 2, "--since must be ISO 8601", "2h or 7d"),
        mistake("replay --from x --since 1h --until 2h", 2, "--since must not be after --until"),
        mistake("replay --from x --seq 1 --timeout 0", 2, "--timeout must be a positive number"),
        mistake("replay --from nobody --seq 1", 78, "no replay endpoint is known for nobody"),
        mistake("replay --from tcp://x --seq 1", 2, "--from", "tcp://host:port"),
        mistake("relay --invalid mark", 2, "[drop, forward]"),
        mistake("gateway --out nonsense", 2, "--out: address must look like"),
        mistake("gateway --validate --ca nowhere", 66, "--ca: no such file: nowhere"),
        mistake("logger --message x --cert a", 78, "--cert needs --key as well"),
        mistake("logger --message x --key a", 78, "--key needs --cert as well"),
        mistake("logger --message x --cert a --key b", 66, "--cert: no such file: a"),
        mistake("logger --message x --cert not-pem --key not-pem", 78, "not-pem: no"),
        mistake("logger --message x --wait -1", 2, "--wait must be at least 0: -1"),
        mistake("logger --message x --wait many", 2, "must be a whole number: \"many\""),
        mistake("logger --message x --json-lines", 2, "--json-lines reads input"),
        mistake("logger --json-input --json-lines", 2, "exclude each other"),
        mistake("logger --bind tcp://*:0 --endpoint tcp://a:1", 2, "--bind", "--endpoint"),
        mistake("logger --message x --endpoint nonsense", 2, "--endpoint: address"),
        mistake("logger --message { --json-input", 65, "bad JSON at line 1, column 2: "),
        mistake("verify", 78, "there is no certificate authority"),
        mistake("verify --ca not-pem", 78, "no certificate in PEM form"),
        mistake("verify --at never --ca not-pem", 2, "--at must be ISO 8601"),
        mistake("sign", 78, "no key pair: give --cert and --key, or set crypto.directory"),
        mistake("sign --cert not-pem", 78, "--cert needs --key as well"),
        mistake("canonical nowhere", 66, "no such file: nowhere"),
        mistake("canonical a-folder", 66, "is a folder, not a file: a-folder"),
        mistake("certs", 2, "init|issue|revoke|crl|show"),
        mistake("certs renew", 2, "[init, issue, revoke, crl, show]"),
        mistake("certs issue", 2, "issue needs a NAME"),
        mistake("certs issue x", 66, "make an authority with \"init\" first"),
        mistake("certs init --days 0", 2, "--days must be at least 1: 0"),
        mistake("certs show not-pem", 65, "not-pem: no certificate in PEM form in it"),
        mistake("certs show nowhere", 66, "show: no such file: nowhere"),
        mistake("config", 2, "show|check"),
        mistake("config explain", 2, "explain needs a key"),
        mistake("config import-fedmsg", 2, "import-fedmsg needs the file"),
        mistake("config import-fedmsg nowhere", 66, "no such file: nowhere"),
        mistake("config import-fedmsg not-pem", 78, "must be the JSON that fedmsg-config prints"),
        mistake("config import-fedmsg old.py", 78, "old.py"),
        mistake(
            "config improve", 2, "[show, check, explain, import-fedmsg, import-fedora-messaging]"),
        mistake("config check --config nowhere", 66, "--config: no such file: nowhere"),
        mistake("tail --config old.py", 78, "old.py", "fedmsg-config > fedmsg.json"),
        mistake("fedmsg-tail --config-filename old.py", 78, "fedmsg-config > fedmsg.json"),
        mistake("fedmsg-logger --bogus", 2, "fedmsg-logger: unknown option: '--bogus'"),
        mistake("fedmsg-logger --message { --json-input", 1, "bad JSON at line 1, column 2"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void run_mistake_tellsItOnStandardErrorOnly(String line, int status, String... told) {
    Result result =
        InProcess.in(folder).variable("PATH", System.getenv("PATH")).run(line.split(" "));
    assertThat(result.err()).contains(told).doesNotContain("\tat ", "Exception");
    assertThat(result.status()).as(result.err()).isEqualTo(status);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void configCheck_severalMistakes_tellsAllWithTheirPlaces() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("peal.yaml"),
            """
            topic:
              prefx: org.example
            zmq:
              high-water-mark: plenty
            relay:
              in: nowhere
            """);
    Result result =
        InProcess.in(folder)
            .variable("PEAL_CRYPTO__NITPICKY", "perhaps")
            .run("config", "check", "--config", file.toString());
    assertThat(result.status()).isEqualTo(78);
    assertThat(result.err().lines())
        .hasSize(4)
        .anyMatch(line -> line.contains("peal.yaml:2:3") && line.contains("\"prefix\""))
        .anyMatch(line -> line.contains("peal.yaml:4:") && line.contains("plenty"))
        .anyMatch(line -> line.contains("peal.yaml:6:") && line.contains("nowhere"))
        .anyMatch(line -> line.contains("PEAL_CRYPTO__NITPICKY") && line.contains("perhaps"));
  }

  @Test
  void configCheck_brokenFilesOfSeveralKinds_tellsAllOfThem() throws IOException {
    Files.writeString(
        folder.resolve("peal.yaml"), "crypto: {ca: not-pem, sign: true, directory: a-folder}\n");
    Files.createDirectory(folder.resolve("endpoints.d"));
    Files.writeString(folder.resolve("endpoints.d/a.yaml"), "endpoints:\n  x: nowhere\n");
    Result result = InProcess.in(folder).run("config", "check", "--config", folder.toString());
    assertThat(result.status()).isEqualTo(78);
    assertThat(result.err())
        .contains("not-pem: no certificate", "no key pair for \"shell.", "a.yaml:2:6");
  }

  @Test
  void configCheck_whatConcernsTheBroker_isReadToo() throws IOException {
    Files.createDirectory(folder.resolve("schemas"));
    Files.writeString(folder.resolve("schemas/git.push.yaml"), "usernames: 5\n");
    Files.writeString(folder.resolve("ca.pem"), "no certificate");
    Files.writeString(
        folder.resolve("peal.yaml"),
        """
        amqp:
          amqp-url: amqps://broker.example.org/
          schemas: schemas
          tls: {ca-cert: ca.pem}
        handlers:
          a: {type: log, bus: amqp, queue: q}
          b: {type: log, bus: amqp, queue: q}
        """);
    Result result = InProcess.in(folder).run("config", "check", "--config", folder.toString());
    assertThat(result.status()).isEqualTo(78);
    assertThat(result.err().lines())
        .anyMatch(line -> line.contains("git.push.yaml"))
        .anyMatch(line -> line.contains("amqp.tls") && line.contains("ca.pem"))
        .anyMatch(line -> line.contains("handlers.b.queue"));
    Result plain =
        InProcess.in(folder)
            .variable("PEAL_AMQP__AMQP_URL", "amqp://broker.example.org/")
            .run("config", "check", "--config", folder.toString());
    assertThat(plain.err()).doesNotContain("amqp.tls");
  }

  @Test
  void configShow_origin_tellsWhereEachValueComesFrom() throws IOException {
    Files.writeString(folder.resolve("peal.yaml"), "topic:\n  environment: stg\n");
    Result result =
        InProcess.in(folder)
            .variable("PEAL_ZMQ__LINGER", "2s")
            .run("config", "show", "--origin", "--config", folder.toString());
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .contains(
            "topic.prefix: org.fedoraproject  # default",
            "topic.environment: stg  # " + folder.resolve("peal.yaml") + ":2",
            "zmq.linger: 2s  # environment PEAL_ZMQ__LINGER");
  }

  @Test
  void configCheck_allWell_namesTheFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("peal.yaml"), "topic: {environment: stg}\n");
    Files.createDirectory(folder.resolve("endpoints.d"));
    Files.writeString(folder.resolve("endpoints.d/a.yaml"), "endpoints: {a: 'tcp://a:1'}\n");
    Result result = InProcess.in(folder).run("config", "check", "--config", folder.toString());
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).isEqualTo("peal config: all is well in " + file + "\n");
  }
}
