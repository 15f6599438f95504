package org.peal.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Location;
import org.peal.crypto.TrustException;
import org.peal.crypto.x509.CrlLife;
import org.peal.crypto.x509.TrustFiles;

/** Do the revocation lists serve, and for how long? */
final class RevocationListCheck implements Check {

  private static final String RENEW =
      "get a new list from the authority (\"peal certs crl\" makes one) and put it where crypto.crl"
          + " says; from its end every message is refused";

  @Override
  public String what() {
    return "revocation list";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    CryptoConfig crypto = patient.config().crypto();
    Location ca = crypto.ca();
    if (ca == null) {
      return;
    }
    if (crypto.crl() == null) {
      findings.warn(
          "none: a key that was stolen stays good for ever",
          "set crypto.crl, or put the list into certs/crl.pem beside certs/ca.crt");
      return;
    }
    try {
      TrustFiles files =
          new TrustFiles(ca, Optional.of(crypto.crl()), crypto.crlGrace(), CryptoProvider.JDK);
      Instant now = patient.machine().clock().instant();
      lives(files.load().lives(now), now, findings);
    } catch (TrustException e) {
      findings.fail(String.valueOf(e.getMessage()), RENEW);
    }
  }

  private static void lives(List<CrlLife> lives, Instant now, Findings findings) {
    if (lives.isEmpty()) {
      findings.fail("no list is signed by the authority in crypto.ca", RENEW);
    }
    for (CrlLife life : lives) {
      String whose = "list of " + life.authority() + " ";
      Optional<String> warning = life.warning(now);
      if (warning.isEmpty()) {
        findings.ok(whose + "serves until " + life.end());
      } else if (life.stage(now) == CrlLife.Stage.OVER) {
        findings.fail(whose + warning.get(), RENEW);
      } else {
        findings.warn(whose + warning.get(), RENEW);
      }
    }
  }
}
