package org.peal.interop;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peal.testing.PealProcess;
import org.peal.testing.PythonPeer;

/** What {@code peal certs} issues and revokes, used by an independent Python peer. */
class CertsPeerIT extends CertifiedPeers {

  @BeforeEach
  void makeAuthority() {
    certs("init");
    certs("issue", "alice");
  }

  @Test
  void issued_signsForLogger_isTrustedByPython() {
    PythonPeer subscriber = subscriber();
    PealProcess.run("", loggerTo(subscriber)).assertExit(0);
    assertSignedByAlice(subscriber);
  }

  @Test
  void revoked_whileTailRuns_isRefusedFromThenOn() {
    PythonPeer publisher = publisher();
    PealProcess tail = processes.peal(tailOf(publisher));
    tail.awaitOut("\"signer\":\"alice\"");
    certs("revoke", "alice");
    publishUntil(publisher, tail, "\"reason\":\"REVOKED\"");
  }
}
