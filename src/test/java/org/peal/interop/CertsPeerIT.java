package org.peal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** What {@code peal certs} issues and revokes, used by an independent Python peer. */
class CertsPeerIT {

  private static final String ANY = "tcp://127.0.0.1:0";
  private static final String TALK = "{\"topic\":\"org.example.dev.peer.talk\",\"msg\":{}}";

  @RegisterExtension final Processes processes = new Processes();

  @TempDir Path folder;

  @BeforeAll
  static void needsPython() {
    PythonPeer.assumeInstalled();
  }

  @BeforeEach
  void makeAuthority() {
    certs("init");
    certs("issue", "alice");
  }

  @Test
  void issued_signsForLogger_isTrustedByPython() {
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
    PealProcess.run(
            "",
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
            subscriber.awaitListening())
        .assertExit(0);
    subscriber.assertExit(0);
    JsonNode message = Vectors.json(subscriber.out().get(0));
    assertThat(message.get("valid").booleanValue()).as(message.toString()).isTrue();
    assertThat(message.get("signer").textValue()).isEqualTo("alice");
  }

  @Test
  void revoked_whileTailRuns_isRefusedFromThenOn() {
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
    PealProcess tail =
        processes.peal(
            "tail",
            "--connect",
            publisher.awaitListening(),
            "--ca",
            file("ca.crt"),
            "--crl",
            file("crl.pem"),
            "--invalid",
            "mark",
            "--output",
            "full");
    tail.awaitOut("\"signer\":\"alice\"");
    certs("revoke", "alice");
    publishUntil(publisher, tail, "\"reason\":\"REVOKED\"");
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

  private void certs(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "certs";
    all[1] = "--dir";
    all[2] = folder.toString();
    System.arraycopy(args, 0, all, 3, args.length);
    PealProcess.run("", all).assertExit(0);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
