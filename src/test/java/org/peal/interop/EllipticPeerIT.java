package org.peal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.PealProcess;
import org.peal.testing.PythonPeer;

/** Keys that fedmsg does not know, with a Python peer that was taught them, both ways. */
class EllipticPeerIT extends CertifiedPeers {

  /** The authority has a key of the same kind. */
  private void certificates(String kind) {
    certs("init", "--key-type", kind);
    certs("issue", "alice");
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
    PythonPeer subscriber = subscriber();
    String[] logger = loggerTo(subscriber);
    PealProcess without = processes.add(PealProcess.start(Setting.plain(), logger));
    without.finish(78);
    assertThat(without.err()).anyMatch(line -> line.contains("set crypto.elliptic to sign"));

    processes.add(PealProcess.start(elliptic("sign"), logger)).finish(0);
    assertSignedByAlice(subscriber);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "p256"})
  void tail_ellipticKeyOfPython_isAcceptedWhereItIsSet(String kind) {
    certificates(kind);
    PythonPeer publisher = publisher();
    String[] tail = tailOf(publisher);
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
}
