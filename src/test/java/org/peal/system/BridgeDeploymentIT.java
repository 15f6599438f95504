package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peal.testing.Broker;
import org.peal.testing.ExternalProcess;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;
import org.peal.testing.TestPki;

/** The files of {@code bridge/}, as an operator uses them who only changes what he must. */
class BridgeDeploymentIT {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Path BRIDGE = ExternalProcess.checkout().resolve("bridge");
  private static final String VIRTUAL_HOST = "/pubsub";
  private static final String PASSWORD = "of-the-test";
  private static final String PREFIX = "org.example.dev.app";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private final Broker broker = Broker.shared();
  private final int port = FreePorts.run(3);
  private int published;

  @BeforeEach
  void importDefinitions() {
    broker.control("import_definitions", BRIDGE.resolve("definitions.json").toString());
    broker.control("change_password", "peal-bridge", PASSWORD);
    broker.control("set_permissions", "-p", VIRTUAL_HOST, "guest", ".*", ".*", ".*");
    processes.add(PythonPeer.atBridge("declare", guest())).awaitOut("declared");
  }

  @AfterEach
  void forgetDefinitions() {
    broker.control("delete_vhost", VIRTUAL_HOST);
    broker.control("delete_user", "peal-bridge");
  }

  private String guest() {
    return broker.url("%2Fpubsub");
  }

  /** Starts a bridge with a file of the folder, in which addresses and paths are the test's. */
  private PealProcess start(String name) throws IOException {
    TestPki pki = new TestPki();
    TestPki.Identity authority = pki.root("Deployment CA");
    authority.issue("app").write(folder, "app");
    authority.issue("bridge").write(folder, "bridge-app01");
    TestPki.writeText(folder.resolve("ca.crt"), authority.pem());
    TestPki.writeText(folder.resolve("crl.pem"), authority.crl());
    Path endpoints = Files.createDirectory(folder.resolve("endpoints.d"));
    TestPki.writeText(
        endpoints.resolve("app.yaml"), "endpoints: {app: tcp://127.0.0.1:%d}".formatted(port));
    String login = "amqp://peal-bridge:%s@127.0.0.1:%d".formatted(PASSWORD, broker.port());
    String text =
        Files.readString(BRIDGE.resolve(name))
            .replaceAll("amqps?://peal-bridge:CHANGE@[^/]+", login)
            .replaceAll("# .*", "")
            .replace("/etc/peal/certs", folder.toString())
            .replace("/etc/peal/endpoints.d", endpoints.toString())
            .replaceAll("out: tcp://[^:]+:\\d+", "out: tcp://127.0.0.1:" + (port + 1))
            .replaceAll("in: tcp://[^:]+:\\d+", "in: tcp://127.0.0.1:" + (port + 2))
            .replaceAll("address: 127.0.0.1:\\d+", "address: none");
    assertThat(text).doesNotContain("CHANGE", "/etc/peal");
    TestPki.writeText(folder.resolve(name), text);
    Setting setting =
        Setting.plain()
            .with("HOME", folder.toString())
            .with("STATE_DIRECTORY", folder.resolve("state").toString())
            .with("RUNTIME_DIRECTORY", folder.resolve("run").toString());
    return processes.add(
        PealProcess.start(setting, "bridge", "--config", folder.resolve(name).toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "fedmsg-to-amqp.yaml, true, false",
    "amqp-to-fedmsg.yaml, false, true",
    "both.yaml, true, true",
    "compat.yaml, true, true"
  })
  void messages_withAConfigurationOfTheFolder_cross(String name, boolean toAmqp, boolean toZmq)
      throws IOException {
    PealProcess bridge = start(name);
    if (toAmqp) {
      assertReachesAmqp();
    }
    if (toZmq) {
      bridge.awaitErr("publisher: listening");
      assertReachesZmq();
      assertBuriesWhatIsNoMessage();
    }
  }

  private void assertReachesAmqp() {
    PythonPeer onAmqp =
        processes.add(PythonPeer.atBridge("collect", guest(), "" + Integer.MAX_VALUE));
    processes.python(
        "publish",
        "--bind",
        "tcp://127.0.0.1:" + port,
        "--probe",
        PREFIX + ".probe",
        "--cert",
        folder.resolve("app.crt").toString(),
        "--key",
        folder.resolve("app.key").toString());
    assertThat(onAmqp.awaitOut("\"zmq.topic\"")).contains(PREFIX + ".probe");
  }

  private void assertReachesZmq() {
    PythonPeer onZmq =
        processes.python(
            "subscribe",
            "--connect",
            "tcp://127.0.0.1:" + (port + 1),
            "--ca",
            folder.resolve("ca.crt").toString(),
            "--prefix",
            PREFIX);
    await().atMost(LONG).until(() -> publishesOnAmqp(onZmq));
    assertThat(onZmq.out().get(0)).contains("\"signer\": \"bridge\"", "\"valid\": true");
  }

  private boolean publishesOnAmqp(PythonPeer onZmq) {
    processes
        .add(PythonPeer.atBridge("publish", guest(), "" + published++, "1"))
        .awaitOut("published all");
    return onZmq.outHolds(PREFIX, SHORT);
  }

  /** The definitions give the queue dead letters of the broker. */
  private void assertBuriesWhatIsNoMessage() {
    processes.add(PythonPeer.atBridge("garble", guest())).awaitOut("garbled");
    await()
        .atMost(LONG)
        .until(
            () ->
                broker
                    .control("list_queues", "--vhost", VIRTUAL_HOST, "name", "messages")
                    .contains("peal.bridge.dead\t1"));
  }

  @Test
  void units_all_areWellFormed() throws IOException {
    Path tool = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(tool), "systemd is not installed");
    try (var units = Files.list(BRIDGE.resolve("systemd"))) {
      for (Path unit : units.toList()) {
        Path copy = folder.resolve(unit.getFileName());
        Files.writeString(
            copy,
            Files.readString(unit)
                .replace(
                    "/usr/lib/peal/bin", ExternalProcess.checkout().resolve("bin").toString()));
        try (Analysis analysis = new Analysis(tool, copy)) {
          analysis.assertExit(0);
          assertThat(analysis.err()).as(unit.toString()).isEmpty();
        }
      }
    }
  }

  /** A run of {@code systemd-analyze verify}. */
  private static final class Analysis extends ExternalProcess {
    Analysis(Path tool, Path unit) {
      super(List.of(tool.toString(), "verify", "--man=no", unit.toString()), Setting.plain());
    }
  }
}
