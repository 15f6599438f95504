package org.peal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** Keys that fedmsg does not know, with a Python peer that was taught them, both ways. */
class EllipticPeerIT {

  private static final String ANY = "tcp://127.0.0.1:0";
  private static final String TALK = "{\"topic\":\"org.example.dev.peer.talk\",\"msg\":{}}";

  @RegisterExtension final Processes processes = new Processes();

  @TempDir Path folder;

  @BeforeAll
  static void needsPython() {
    PythonPeer.assumeInstalled();
  }

  /** The authority has a key of the same kind. */
  private void certificates(String kind) {
    String certs = folder.toString();
    PealProcess.run("", "certs", "--dir", certs, "init", "--key-type", kind).assertExit(0);
    PealProcess.run("", "certs", "--dir", certs, "issue", "alice").assertExit(0);
    PealProcess shown = PealProcess.run("", "certs", "show", file("alice.crt"));
    shown.assertExit(0);
    assertThat(shown.out()).contains("key: " + (kind.equals("p256") ? "P-256" : "Ed25519"));
  }

  private static Setting elliptic(String use) {
    return Setting.plain().with("PEAL_CRYPTO__ELLIPTIC", use);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "p256"})
  void logger_ellipticKey_isVerifiedByPython(String kind) {
    certificates(kind);
    PythonPeer subscriber =
        processes.python(
            "subscribe",
            "--bind",
            ANY,
            "--count",
            "1",
            "--ca",
            file("ca.crt"),
            "--crl",
            file("crl.pem"));
    String[] logger = {
      "logger",
      "--message",
      "hi",
      "--timeout",
      "60",
      "--cert",
      file("alice.crt"),
      "--key",
      file("alice.key"),
      "--endpoint",
      subscriber.awaitListening()
    };
    PealProcess without = processes.add(PealProcess.start(Setting.plain(), logger));
    without.finish(78);
    assertThat(without.err()).anyMatch(line -> line.contains("set crypto.elliptic to sign"));

    processes.add(PealProcess.start(elliptic("sign"), logger)).finish(0);
    subscriber.assertExit(0);
    JsonNode message = Vectors.json(subscriber.out().get(0));
    assertThat(message.get("valid").booleanValue()).as(message.toString()).isTrue();
    assertThat(message.get("signer").textValue()).isEqualTo("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "p256"})
  void tail_ellipticKeyOfPython_isAcceptedWhereItIsSet(String kind) {
    certificates(kind);
    PythonPeer publisher =
        processes.python(
            "publish",
            "--bind",
            ANY,
            "--probe",
            "org.example.dev.peer.probe",
            "--cert",
            file("alice.crt"),
            "--key",
            file("alice.key"));
    String[] tail = {
      "tail",
      "--connect",
      publisher.awaitListening(),
      "--output",
      "full",
      "--invalid",
      "mark",
      "--ca",
      file("ca.crt"),
      "--crl",
      file("crl.pem")
    };
    PealProcess accepting = processes.add(PealProcess.start(elliptic("accept"), tail));
    PealProcess refusing = processes.add(PealProcess.start(Setting.plain(), tail));
    accepting.awaitOut("\"signer\":\"alice\"");
    refusing.awaitOut("crypto.elliptic");
    publishUntil(publisher, accepting, "peer.talk");

    String line = accepting.awaitOut("\"key\":\"" + kind + "\"");
    String envelope = Vectors.json(line).get("envelope").toString() + "\n";
    assertThat(verify(envelope, Setting.plain(), 77))
        .contains("\"BAD_SIGNATURE\"", "crypto.elliptic");
    assertThat(verify(envelope, elliptic("accept"), 0))
        .isEqualTo("{\"valid\":true,\"signer\":\"alice\",\"key\":\"" + kind + "\"}");
  }

  private String verify(String envelope, Setting setting, int status) {
    PealProcess verify =
        PealProcess.run(
            setting,
            envelope.getBytes(StandardCharsets.UTF_8),
            "verify",
            "--ca",
            file("ca.crt"),
            "--crl",
            file("crl.pem"));
    verify.assertExit(status);
    return verify.out().get(0);
  }

  private static void publishUntil(PythonPeer publisher, PealProcess tail, String wanted) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (Instant.now().isBefore(deadline)) {
      publisher.writeLine(TALK);
      if (tail.outHolds(wanted, Duration.ofMillis(200))) {
        return;
      }
    }
    throw tail.failure("no message has " + wanted);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
