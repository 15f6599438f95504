package org.peal.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Location;
import org.peal.crypto.TrustException;
import org.peal.crypto.x509.CertificateInfo;
import org.peal.crypto.x509.TrustFiles;
import org.peal.message.Scheme;

/** Is there an authority to trust, and is it valid? */
final class AuthorityCheck implements Check {

  @Override
  public String what() {
    return "authority";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    CryptoConfig crypto = patient.config().crypto();
    Location ca = crypto.ca();
    if (!crypto.schemes().contains(Scheme.X509)) {
      return;
    }
    if (ca == null) {
      none(crypto, findings);
      return;
    }
    try {
      TrustFiles files = new TrustFiles(ca, Optional.empty(), Duration.ZERO, CryptoProvider.JDK);
      Instant now = patient.machine().clock().instant();
      for (CertificateInfo authority : files.load().authorities()) {
        Validity.look(
            authority.subject(),
            authority,
            now,
            "get the authority's new certificate and put it into " + ca,
            findings);
      }
    } catch (TrustException e) {
      findings.fail(
          String.valueOf(e.getMessage()),
          "set crypto.ca to a PEM file or https address with the authority's certificate");
    }
  }

  private static void none(CryptoConfig crypto, Findings findings) {
    String remedy =
        "set crypto.ca, or put the authority's certificate into certs/ca.crt beside"
            + " the configuration (\"peal certs init\" makes an authority)";
    if (Boolean.TRUE.equals(crypto.validate())) {
      findings.fail("crypto.validate is true, but no authority is known", remedy);
    } else {
      findings.warn("none: messages of others are not verified", remedy);
    }
  }
}
