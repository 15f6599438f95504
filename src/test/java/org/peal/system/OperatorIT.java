package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal endpoints} and {@code peal doctor} as an operator runs them. */
class OperatorIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  @Test
  void endpoints_tellWhoIsReachedAndWhatIsRefused() throws IOException {
    Site.Relay relay = site.relay();
    String dead = LoggerIT.unusedAddress();
    site.file(
        "conf/endpoints.d/a.yaml",
        "endpoints:\n  hub: ['%s']\n  lost: ['%s']\n".formatted(relay.out(), dead));
    PealProcess watch =
        site.start("endpoints", "--config", "conf", "--ca", "ca.crt", "--for", "600", "--json");
    String refused = "UNSIGNED message from " + relay.out();
    // Nothing tells when the subscription has arrived, so there may be need of more than one.
    for (int i = 0; i < 50 && watch.err().stream().noneMatch(line -> line.contains(refused)); i++) {
      site.run("", "logger", "--message", "unsigned", "--endpoint", relay.in()).assertExit(0);
    }
    watch.awaitErr(refused);
    watch.terminate();
    watch.assertExit(1);

    JsonNode told = LoggerIT.json(String.join("\n", watch.out()));
    assertThat(told.path("verified").asBoolean()).isTrue();
    JsonNode hub = told.path("endpoints").path(0);
    assertThat(hub.path("name").asText()).isEqualTo("hub");
    assertThat(hub.path("from").asText()).endsWith("conf/endpoints.d/a.yaml:2");
    assertThat(hub.path("in-use").asText()).isEqualTo(relay.out());
    assertThat(hub.path("state").asText()).isEqualTo("connected");
    assertThat(hub.path("messages").asInt()).isPositive();
    assertThat(hub.path("refused").path("UNSIGNED")).isEqualTo(hub.path("messages"));
    assertThat(hub.path("silent-since")).isEqualTo(hub.path("last-message"));
    JsonNode lost = told.path("endpoints").path(1);
    assertThat(lost.path("state").asText()).isEqualTo("unreachable");
    assertThat(lost.path("problem").asText()).isEqualTo("cannot connect to " + dead);
    assertThat(lost.path("last-message").isNull()).isTrue();
  }

  @Test
  void endpoints_table_hasALineForEach() {
    Site.Relay relay = site.relay();
    site.file("conf/endpoints.d/a.yaml", "endpoints:\n  hub: '" + relay.out() + "'\n");
    PealProcess watch = site.run("", "endpoints", "--config", "conf", "--for", "5");
    assertThat(watch.out()).hasSize(2);
    assertThat(watch.out().get(0)).startsWith("NAME  ADDRESS");
    assertThat(watch.out().get(1)).startsWith("hub   " + relay.out()).endsWith("a.yaml:2");
  }

  @Test
  void endpoints_nodeOfThisConfiguration_isAsked() throws IOException {
    Site.Relay relay = site.relay();
    String dead = LoggerIT.unusedAddress();
    String pages = "127.0.0.1:" + FreePorts.run(1);
    site.file(
        "conf/peal.yaml",
        """
        node: {name: peal.one, parts: [gateway]}
        gateway: {out: 'tcp://127.0.0.1:0'}
        crypto: {validate: true, ca: %s}
        status: {address: '%s'}
        """
            .formatted(folder.resolve("ca.crt"), pages));
    site.file(
        "conf/endpoints.d/a.yaml",
        "endpoints:\n  hub: '%s'\n  lost: '%s'\n".formatted(relay.out(), dead));
    PealProcess node = site.start("node", "--config", "conf");
    node.awaitErr("connected to " + relay.out());
    String refused = "UNSIGNED message from " + relay.out();
    for (int i = 0; i < 50 && node.err().stream().noneMatch(line -> line.contains(refused)); i++) {
      site.run("", "logger", "--message", "unsigned", "--endpoint", relay.in()).assertExit(0);
    }
    node.awaitErr(refused);
    await()
        .until(
            () ->
                String.join("", site.run("", "status", "--config", "conf", "--json").out())
                    .contains("\"refused\":{\"UNSIGNED\":"));

    PealProcess asked = site.run("", "endpoints", "--config", "conf", "--json");
    asked.assertExit(1);
    assertThat(asked.err().get(0)).contains("asked the node peal.one at " + pages);
    JsonNode told = LoggerIT.json(String.join("\n", asked.out()));
    assertThat(told.path("asked").asText()).isEqualTo("peal.one");
    JsonNode hub = told.path("endpoints").path(0);
    assertThat(hub.path("from").asText()).endsWith("conf/endpoints.d/a.yaml:2");
    assertThat(hub.path("state").asText()).isEqualTo("connected");
    assertThat(hub.path("in-use").asText()).isEqualTo(relay.out());
    assertThat(hub.path("refused").path("UNSIGNED").asInt()).isPositive();
    assertThat(hub.path("silent-since")).isEqualTo(hub.path("last-message"));
    JsonNode lost = told.path("endpoints").path(1);
    assertThat(lost.path("state").asText()).isEqualTo("unreachable");
    assertThat(lost.path("problem").asText()).isEqualTo("cannot connect to " + dead);

    PealProcess other =
        PealProcess.run(
            new Setting(Map.of("HOME", folder.toString(), "PEAL_NODE__NAME", "peal.two"), folder),
            new byte[0],
            "endpoints",
            "--config",
            "conf");
    assertThat(other.err().get(0)).contains("is peal.one, not peal.two; watching");
    PealProcess watched = site.run("", "endpoints", "--config", "conf", "--for", "1", "--json");
    assertThat(String.join("", watched.out())).contains("\"asked\":null");
  }

  @Test
  void endpoints_unknown_isAMistakeOfConfiguration() {
    site.file("conf/endpoints.d/a.yaml", "");
    PealProcess none = site.run("", "endpoints", "--config", "conf");
    none.assertExit(78);
    assertThat(String.join("\n", none.err())).contains("no publisher is known");
  }

  @Test
  void doctor_wrongConfiguration_failsWithTheRemedyBelow() {
    site.file("conf/peal.yaml", "gatway:\n  out: x\n");
    PealProcess doctor = site.run("", "doctor", "--config", "conf");
    doctor.assertExit(1);
    assertThat(doctor.out().get(0)).startsWith("fail  configuration: ").contains("peal.yaml:1");
    assertThat(doctor.out().get(1)).startsWith("      -> mend this place");
    assertThat(doctor.out()).anyMatch(line -> line.startsWith("ok    temporary folder: "));
  }

  @Test
  void doctor_javaThatIsSlowAndForbidsTheAlgorithm_tellsBothWithTheirRemedies() {
    site.file("conf/endpoints.d/a.yaml", "");
    // An algorithm is taken away as a policy of the system does it: nobody provides it any more.
    Path policy = site.file("policy.security", "security.provider.2=SunSASL\n");
    PealProcess doctor =
        PealProcess.run(
            new Setting(
                Map.of(
                    "HOME",
                    folder.toString(),
                    "PEAL_JAVA_OPTS",
                    "-Dpeal.crypto.provider=jdk -Djava.security.properties=" + policy),
                folder),
            new byte[0],
            "doctor",
            "--config",
            "conf");
    doctor.assertExit(1);
    String told = String.join("\n", doctor.out());
    assertThat(told)
        .containsPattern("warn  java: Java \\d+, signatures by the JDK.*\\n +-> use a temporary")
        .containsPattern(
            "fail  signature algorithm: SHA1withRSA.* does not work: .*\\n +-> allow SHA-1");
  }

  @Test
  void doctor_besideItsNode_saysThatItHasThePorts() {
    site.file("conf/endpoints.d/a.yaml", "");
    int port = FreePorts.run(2);
    site.file(
        "conf/peal.yaml",
        """
        node: {parts: [relay]}
        relay: {in: 'tcp://127.0.0.1:0', out: 'tcp://127.0.0.1:%d'}
        status: {address: '127.0.0.1:%d'}
        """
            .formatted(port, port + 1));
    site.start("node", "--config", "conf").awaitErr("status: listening");
    PealProcess doctor = site.run("", "doctor", "--config", "conf");
    doctor.assertExit(0);
    assertThat(doctor.out())
        .contains(
            "ok    port: tcp://127.0.0.1:%d (relay.out) is in use by this node, which runs"
                .formatted(port),
            "ok    port: tcp://127.0.0.1:%d (status.address) is in use by this node, which runs"
                .formatted(port + 1));
  }

  @Test
  void doctor_onlyWarnings_endsWell() {
    site.file("conf/endpoints.d/a.yaml", "");
    site.file("conf/peal.yaml", "relay:\n  in: 'tcp://127.0.0.1:0'\n  out: 'tcp://127.0.0.1:0'\n");
    PealProcess doctor = site.run("", "doctor", "--config", "conf", "--json");
    doctor.assertExit(0);
    assertThat(doctor.out())
        .allMatch(line -> LoggerIT.json(line).path("level").asText().matches("ok|warn"))
        .anyMatch(line -> line.contains("no publisher is known"))
        .anyMatch(line -> line.contains("messages of others are not verified"));
  }
}
