package org.peal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** An authority of {@code peal certs}, and Python peers that use what it has issued to alice. */
abstract class CertifiedPeers {

  private static final String ANY = "tcp://127.0.0.1:0";
  private static final String TALK = "{\"topic\":\"org.example.dev.peer.talk\",\"msg\":{}}";

  @RegisterExtension final Processes processes = new Processes();

  @TempDir Path folder;

  @BeforeAll
  static void needsPython() {
    PythonPeer.assumeInstalled();
  }

  /** Runs {@code peal certs} in the folder, to its good end. */
  final void certs(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "certs";
    all[1] = "--dir";
    all[2] = folder.toString();
    System.arraycopy(args, 0, all, 3, args.length);
    PealProcess.run("", all).assertExit(0);
  }

  final String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Starts a peer that waits for one message and verifies it. */
  final PythonPeer subscriber() {
    return processes.python(
        "subscribe",
        "--bind",
        ANY,
        "--count",
        "1",
        "--ca",
        file("ca.crt"),
        "--crl",
        file("crl.pem"));
  }

  /** Returns the command line by which alice sends one message to a subscriber. */
  final String[] loggerTo(PythonPeer subscriber) {
    return new String[] {
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
  }

  static void assertSignedByAlice(PythonPeer subscriber) {
    subscriber.assertExit(0);
    JsonNode message = Vectors.json(subscriber.out().get(0));
    assertThat(message.get("valid").booleanValue()).as(message.toString()).isTrue();
    assertThat(message.get("signer").textValue()).isEqualTo("alice");
  }

  /** Starts a peer that publishes as alice what it is told to, and meanwhile probes. */
  final PythonPeer publisher() {
    return processes.python(
        "publish",
        "--bind",
        ANY,
        "--probe",
        "org.example.dev.peer.probe",
        "--cert",
        file("alice.crt"),
        "--key",
        file("alice.key"));
  }

  /** Returns the command line that shows all of what a publisher sends, also what is refused. */
  final String[] tailOf(PythonPeer publisher) {
    return new String[] {
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
  }

  static void publishUntil(PythonPeer publisher, PealProcess tail, String wanted) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (Instant.now().isBefore(deadline)) {
      publisher.writeLine(TALK);
      if (tail.outHolds(wanted, Duration.ofMillis(200))) {
        return;
      }
    }
    throw tail.failure("no message has " + wanted);
  }
}
