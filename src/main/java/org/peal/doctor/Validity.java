package org.peal.doctor;

import java.time.Duration;
import java.time.Instant;
import org.peal.crypto.x509.CertificateInfo;

/** Tells whether certificates are valid now, and for how long. Stateless. */
final class Validity {

  /** Long enough to have a certificate renewed. */
  private static final Duration NEAR = Duration.ofDays(30);

  private Validity() {}

  /** Says how one certificate is; {@code renewal} is what to do when it ends. */
  static void look(
      String name, CertificateInfo certificate, Instant now, String renewal, Findings findings) {
    Instant end = certificate.notAfter();
    if (now.isBefore(certificate.notBefore())) {
      findings.fail(
          name + " is not valid before " + certificate.notBefore(),
          "set the clock of this machine, or of the one that issued it");
    } else if (now.isAfter(end)) {
      findings.fail(name + " ended at " + end, renewal);
    } else if (now.plus(NEAR).isAfter(end)) {
      findings.warn(name + " ends at " + end, renewal + " before then");
    } else {
      findings.ok(name + " is valid until " + end);
    }
  }
}
