package org.peal.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peal.doctor.Finding.Level.FAIL;
import static org.peal.doctor.Finding.Level.OK;
import static org.peal.doctor.Finding.Level.WARN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.endpoint.Endpoint;
import org.peal.http.Answer;
import org.peal.http.HttpServer;
import org.peal.node.StatusConfig;
import org.peal.testing.Exclusive;
import org.peal.testing.FreePorts;
import org.peal.testing.Postgres;
import org.peal.testing.TestPki;

/** The doctor finds what is planted and says what to do, on real files and sockets. */
class DoctorIT {

  @TempDir Path folder;

  /** A fault, and the finding that must come of it. */
  record Fault(
      String name,
      Finding.Level level,
      String what,
      String detail,
      String remedy,
      Consumer<SickSite> plant) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Fault warn(
      String name, String what, String detail, String remedy, Consumer<SickSite> plant) {
    return new Fault(name, WARN, what, detail, remedy, plant);
  }

  private static Fault fail(
      String name, String what, String detail, String remedy, Consumer<SickSite> plant) {
    return new Fault(name, FAIL, what, detail, remedy, plant);
  }

  static Stream<Fault> faults() {
    return Stream.of(files(), certificates(), trust(), network(), machine()).flatMap(s -> s);
  }

  private static Stream<Fault> files() {
    return Stream.of(
        fail(
            "unknown key",
            "configuration",
            "gatway",
            "peal config explain",
            site -> site.set("gatway.out", "x")),
        fail(
            "broken endpoint file",
            "endpoint files",
            "address must look like",
            "tcp://HOST:PORT",
            site -> site.endpoint("b.here", "http://x")),
        warn(
            "no endpoint",
            "endpoint files",
            "no publisher is known",
            "dns.domains",
            site -> site.delete("endpoints.d/test.here.yaml")),
        fail(
            "policy of the wrong form",
            "routing policy",
            "policy.yaml",
            "map of topics to lists of signers",
            site -> site.file("policy.yaml", "org.example: {a: b}\n")),
        warn(
            "no policy",
            "routing policy",
            "may use every topic",
            "crypto.policy",
            site -> site.unset("crypto.policy")),
        warn(
            "a signer without certificate",
            "routing policy",
            "\"Shell-here\" has no certificate",
            "upper and lower case differ",
            site -> {
              site.file("certs/ca.key", SickSite.CA.keyPem());
              site.file("policy.yaml", "org.example.a: [Shell-here]\n");
            }),
        fail(
            "nothing is permitted to us",
            "own topics",
            "shell-here may use no topic",
            "add \"shell-here\"",
            site -> {
              site.set("crypto.nitpicky", "true");
              site.file("policy.yaml", "org.example.a: [ann]\n");
            }));
  }

  private static Stream<Fault> certificates() {
    return Stream.of(
        fail(
            "key of another certificate",
            "key pair",
            "does not belong to the key",
            "made together",
            site -> site.file("certs/shell-here.crt", SickSite.CA.issue("shell-here").pem())),
        fail(
            "signing without key pair",
            "key pair",
            "no key pair for \"shell.here\"",
            "peal certs issue",
            site -> {
              site.deletePair();
              site.set("crypto.sign", "true");
            }),
        fail(
            "elliptic key without the setting",
            "key pair",
            "Ed25519, which fedmsg nodes refuse",
            "issue a new pair",
            site -> site.pair(SickSite.ELLIPTIC)),
        warn(
            "elliptic key among nodes of fedmsg",
            "old receivers",
            "shell-here signs as nodes of fedmsg do, which refuse what shell-here (Ed25519) sign",
            "crypto.elliptic to accept",
            site -> {
              site.pair(SickSite.ELLIPTIC);
              site.set("crypto.elliptic", "sign");
            }),
        warn(
            "no key pair",
            "key pair",
            "none for this host (here)",
            "peal certs issue shell-here",
            SickSite::deletePair),
        warn(
            "readable private key",
            "private keys",
            "rw-r--r--",
            "chmod 600",
            site -> site.mode("rw-r--r--")),
        fail(
            "certificate that has ended",
            "certificate",
            "shell-here ended at",
            "issue a new one",
            site -> site.pair(lasting(Duration.ofDays(-1)))),
        warn(
            "certificate that ends soon",
            "certificate",
            "shell-here ends at",
            "before then",
            site -> site.pair(lasting(Duration.ofDays(5)))),
        fail(
            "certificate of another authority",
            "own signature",
            "UNTRUSTED",
            "an authority in crypto.ca",
            site -> site.pair(SickSite.STRANGER)),
        fail(
            "revoked certificate",
            "own signature",
            "REVOKED",
            "issue a new one",
            site -> site.revocations(SickSite.CA, Duration.ofDays(90), SickSite.GOOD.serial())));
  }

  private static TestPki.Identity lasting(Duration left) {
    return SickSite.CA.issue("shell-here", spec -> spec.until(Instant.now().plus(left)));
  }

  private static Stream<Fault> trust() {
    return Stream.of(
        fail(
            "authority that has ended",
            "authority",
            "ended at",
            "authority's new certificate",
            site ->
                site.file(
                    "certs/ca.crt",
                    SickSite.PKI
                        .root("Old CA", spec -> spec.until(Instant.now().minusSeconds(60)))
                        .pem())),
        fail(
            "verification without authority",
            "authority",
            "crypto.validate is true",
            "set crypto.ca",
            site -> {
              site.delete("certs/ca.crt");
              site.set("crypto.validate", "true");
            }),
        fail(
            "unreadable authority",
            "authority",
            "ca.crt",
            "PEM file",
            site -> site.file("certs/ca.crt", "nothing")),
        fail(
            "revocation list that has ended",
            "revocation list",
            "ended at",
            "peal certs crl",
            site -> site.revocations(SickSite.CA, Duration.ofMinutes(-1))),
        warn(
            "revocation list that ends soon",
            "revocation list",
            "renew it before then",
            "peal certs crl",
            site -> site.revocations(SickSite.CA, Duration.ofDays(2))),
        warn(
            "revocation list in its grace",
            "revocation list",
            "still serves until",
            "peal certs crl",
            site -> {
              site.revocations(SickSite.CA, Duration.ofMinutes(-1));
              site.set("crypto.crl-grace", "2d");
            }),
        warn(
            "no revocation list",
            "revocation list",
            "none",
            "set crypto.crl",
            site -> site.delete("certs/crl.pem")),
        fail(
            "revocation list of another authority",
            "revocation list",
            "no list is signed by the authority",
            "crypto.crl",
            site -> site.revocations(SickSite.PKI.root("Other"), Duration.ofDays(90))),
        fail(
            "gnupg without keyring",
            "gnupg",
            "no keyring",
            "gpg --export",
            site -> site.set("crypto.schemes", "[x509, gpg]")));
  }

  private static Stream<Fault> network() {
    return Stream.of(
        fail(
            "publisher that is down",
            "endpoint",
            "cannot connect to tcp://127.0.0.1:1",
            "start the publisher",
            site -> {
              site.endpoint("down.here", "tcp://127.0.0.1:1");
              site.impatient();
            }),
        fail(
            "host that has no address",
            "endpoint",
            "cannot resolve nowhere.invalid",
            "down.here.yaml:2",
            site -> {
              site.endpoint("down.here", "tcp://nowhere.invalid:4001");
              site.impatient();
            }),
        warn(
            "node that is not running",
            "endpoint",
            "an address of this node itself",
            "peal node",
            site -> {
              site.endpoint("own.here", "tcp://127.0.0.1:2");
              site.set("gateway.out", "'tcp://127.0.0.1:2'");
              site.impatient();
            }),
        fail(
            "name server that is silent",
            "dns",
            "_fedmsg._tcp.example.org: no answer from the DNS",
            "dig _fedmsg._tcp.example.org SRV",
            site -> {
              site.set("dns.domains", "[example.org]");
              site.set("dns.resolver", "'127.0.0.1:1'");
            }),
        warn(
            "publisher that says nothing",
            "messages",
            "none came within 2 s",
            "peal logger --message test",
            site -> {
              site.silence();
              site.impatient();
            }),
        fail(
            "unsigned message",
            "messages",
            "UNSIGNED",
            "give its publisher a key pair",
            site -> site.speaker(null)),
        fail(
            "message by an elliptic key",
            "messages",
            "BAD_SIGNATURE: the key of the certificate is Ed25519",
            "crypto.elliptic to accept",
            site -> site.speaker(SickSite.ELLIPTIC)),
        fail(
            "message of a stranger",
            "messages",
            "UNTRUSTED",
            "trust the authority of its publisher",
            site -> site.speaker(SickSite.STRANGER)),
        fail(
            "port that another program has",
            "port",
            "is in use by another program",
            "ss -ltnp",
            site -> site.set("gateway.out", "'tcp://127.0.0.1:" + taken(site) + "'")),
        warn(
            "status port of a running node",
            "port",
            "is in use by a node of Peal",
            "another status.address",
            site -> site.set("status.address", "'127.0.0.1:" + nodeThatTells(site) + "'")),
        warn(
            "usual status port of another part",
            "port",
            "is gateway.out and the usual status.address: the node will run without",
            "set status.address",
            site -> {
              site.set("gateway.out", "'tcp://" + StatusConfig.USUAL + "'");
              site.unset("status.address");
            }),
        fail(
            "one port twice",
            "port",
            "is both relay.in and gateway.out",
            "give gateway.out another port",
            site -> {
              site.set("node.parts", "[relay, gateway]");
              site.set("relay.in", "['tcp://127.0.0.1:28001']");
              site.set("relay.out", "['tcp://127.0.0.1:0']");
              site.set("gateway.out", "'tcp://127.0.0.1:28001'");
            }),
        fail(
            "address of another machine",
            "port",
            "is no address of this machine",
            "ip address",
            site -> site.set("gateway.out", "'tcp://192.0.2.1:9940'")));
  }

  private static int nodeThatTells(SickSite site) {
    HttpServer server =
        new HttpServer("127.0.0.1", 0, Map.of("/version", () -> Answer.text(200, "peal 1.0\n")));
    site.keep(server::close);
    return server.port();
  }

  private static int taken(SickSite site) {
    try {
      return site.keep(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))).getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Fault> machine() {
    return Stream.of(
        warn(
            "handler on a temporary queue",
            "queues of handlers",
            "published while the handler is away is lost",
            "handlers.tagger.queue",
            site -> site.set("handlers.tagger", "{type: log, bus: amqp}")),
        warn(
            "handler on a shared queue",
            "queues of handlers",
            "nodes that share it give up its order",
            "x-single-active-consumer",
            site -> {
              site.set("handlers.tagger", "{type: log, bus: amqp, queue: q}");
              site.set("amqp.queues", "{q: {durable: true}}");
            }),
        fail(
            "two handlers on one queue",
            "queues of handlers",
            "consumes from \"q\" too",
            "handlers.NAME.queue",
            site -> {
              site.set("handlers.a", "{type: log, bus: amqp, queue: q}");
              site.set("handlers.b", "{type: log, bus: amqp, queue: q}");
            }),
        fail(
            "broker that is away",
            "broker",
            "no broker at 127.0.0.1:1",
            "amqp.amqp-url",
            site -> {
              site.set("node.parts", "[amqp-publisher]");
              site.set("amqp.amqp-url", "'amqp://127.0.0.1:1/'");
            }),
        fail(
            "lease without a database",
            "leases",
            "no database for the leases of tagger",
            "postgresql.url",
            site -> site.set("handlers.tagger", "{type: log, lease: true}")),
        fail(
            "database of the leases is away",
            "leases",
            "cannot be reached",
            "start PostgreSQL",
            site -> {
              site.set("handlers.tagger", "{type: log, lease: true}");
              site.set(
                  "postgresql.url",
                  "\"postgresql://127.0.0.1:" + FreePorts.run(1) + "/peal?user=peal\"");
            }),
        fail(
            "few open files",
            "open files",
            "the limit is 64",
            "LimitNOFILE",
            site -> machine(site, OptionalLong.of(64), InstantSource.system(), site.folder())),
        fail(
            "clock that was never set",
            "clock",
            "it is 1970",
            "chronyd",
            site ->
                machine(
                    site,
                    OptionalLong.empty(),
                    InstantSource.fixed(Instant.ofEpochSecond(100)),
                    site.folder())),
        warn(
            "clock that is late",
            "clock",
            "in the future",
            "chronyd",
            site ->
                machine(
                    site,
                    OptionalLong.empty(),
                    InstantSource.fixed(Instant.now().minus(Duration.ofHours(3))),
                    site.folder())),
        fail(
            "no temporary folder",
            "temporary folder",
            "cannot be written to",
            "java.io.tmpdir",
            site ->
                machine(
                    site,
                    OptionalLong.empty(),
                    InstantSource.system(),
                    site.folder().resolve("none"))),
        warn(
            "temporary folder without programs",
            "temporary folder",
            "noexec",
            "tmpdir=FOLDER",
            site ->
                site.file(
                    "mounts", "x / ext4 rw 0 0\ny " + site.folder() + " tmpfs rw,noexec 0 0\n")),
        fail(
            "state folder under a file",
            "state folder",
            "cannot be written to",
            "STATE_DIRECTORY",
            site -> site.file(".local", "not a folder")));
  }

  private static void machine(
      SickSite site, OptionalLong files, InstantSource clock, Path temporary) {
    Patient.Machine was = site.machine();
    site.machine(
        new Patient.Machine(was.host(), was.environment(), clock, temporary, was.mounts(), files));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_planted_isFoundWithItsRemedy(Fault fault) throws Exception {
    try (SickSite site = new SickSite(folder)) {
      fault.plant().accept(site);
      assertThat(site.examine())
          .anySatisfy(
              finding -> {
                assertThat(finding.level()).isEqualTo(fault.level());
                assertThat(finding.what()).isEqualTo(fault.what());
                assertThat(finding.detail()).contains(fault.detail());
                assertThat(finding.remedy()).contains(fault.remedy());
              });
    }
  }

  @Test
  void health_everything_isWell() throws Exception {
    try (SickSite site = new SickSite(folder)) {
      List<Finding> findings = site.examine();
      assertThat(findings)
          .filteredOn(finding -> !finding.what().equals("java"))
          .allMatch(finding -> finding.level() == OK);
      assertThat(findings)
          .extracting(Finding::what)
          .contains("messages", "endpoint", "port", "own signature", "revocation list", "clock");
    }
  }

  @Test
  void oldReceivers_allKnowTheKeys_noneIsFound() throws Exception {
    try (SickSite site = new SickSite(folder)) {
      site.pair(SickSite.ELLIPTIC);
      site.set("crypto.elliptic", "sign");
      site.speaker(SickSite.ELLIPTIC);
      assertThat(site.examine())
          .contains(
              new Finding(
                  OK,
                  "old receivers",
                  "none was heard that would refuse shell-here (Ed25519)",
                  ""));
    }
  }

  @Exclusive // A node of another test may have the port, and give it back at any moment.
  @Test
  void ports_usualStatusAddressIsTaken_isOnlyAWarning() throws Exception {
    try (SickSite site = new SickSite(folder)) {
      site.keep(usualStatusSocket());
      site.unset("status.address");
      assertThat(site.examine())
          .filteredOn(finding -> finding.detail().contains("(status.address)"))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.level()).isEqualTo(WARN);
                assertThat(finding.detail()).contains(StatusConfig.USUAL, "is in use by");
                assertThat(finding.remedy()).contains("status.address");
              });
    }
  }

  private static ServerSocket usualStatusSocket() throws IOException {
    Endpoint usual = StatusConfig.parse(StatusConfig.USUAL);
    return new ServerSocket(usual.port(), 1, InetAddress.getByName(usual.host()));
  }

  @Test
  void ports_ofTheNodeItself_areWell() throws Exception {
    try (SickSite site = new SickSite(folder)) {
      int port = site.port();
      int foreign = taken(site);
      site.set("node.name", "test.here");
      site.set("node.parts", "[relay, gateway]");
      site.set("relay.in", "['tcp://127.0.0.1:" + foreign + "']");
      site.set("relay.out", "['tcp://127.0.0.1:0']");
      site.set("gateway.out", "'tcp://127.0.0.1:" + port + "'");
      site.answer(status("test.here", port));
      List<Finding> findings = site.examine();
      assertThat(findings)
          .contains(
              new Finding(
                  OK,
                  "port",
                  "tcp://127.0.0.1:%d (gateway.out) is in use by this node, which runs"
                      .formatted(port),
                  ""));
      assertThat(findings)
          .anyMatch(
              finding ->
                  finding.level() == FAIL && finding.detail().contains(foreign + " (relay.in)"));
      site.answer(status("test.there", port));
      assertThat(site.examine())
          .anyMatch(
              finding ->
                  finding.level() == WARN
                      && finding.detail().contains("in use by a program that speaks ZeroMQ"));
    }
  }

  private static String status(String name, int port) {
    return "{\"name\":\"%s\",\"parts\":{\"gateway\":{\"listening\":[\"tcp://127.0.0.1:%d (out)\"]}}}"
        .formatted(name, port);
  }

  @Test
  void leases_someHandlersWithout_saysWhoActsEverywhere() throws Exception {
    try (SickSite site = new SickSite(folder)) {
      site.set("handlers.tagger", "{type: log, lease: true}");
      site.set("handlers.notes", "{type: log}");
      site.set("postgresql.url", "\"" + Postgres.shared().newDatabase() + "\"");
      assertThat(site.examine())
          .filteredOn(finding -> finding.what().equals("leases"))
          .allMatch(finding -> finding.level() == OK)
          .extracting(Finding::detail)
          .anyMatch(
              detail -> detail.equals("without a lease every node with these handlers acts: notes"))
          .anyMatch(detail -> detail.endsWith("answers, for the leases of tagger"));
    }
  }

  @Test
  void queuesOfHandlers_ownQueue_keepsItsOrder() throws Exception {
    try (SickSite site = new SickSite(folder)) {
      site.set("handlers.tagger", "{type: log, bus: amqp, queue: q}");
      assertThat(site.examine())
          .filteredOn(finding -> finding.what().equals("queues of handlers"))
          .singleElement()
          .satisfies(finding -> assertThat(finding.level()).isEqualTo(OK))
          .satisfies(finding -> assertThat(finding.detail()).contains("one consumer is active"));
    }
  }

  @Test
  void examine_shortLimit_endsAndSaysSo() throws Exception {
    try (SickSite site = new SickSite(folder)) {
      site.silence();
      Patient patient = site.patient();
      assertThat(Doctor.examine(patient, Duration.ofMillis(1)))
          .anyMatch(f -> f.level() == FAIL && f.remedy().contains("--timeout"));
    }
  }
}
