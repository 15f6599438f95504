package org.peal.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;

/**
 * A way from a signing certificate to a trusted root: each certificate is signed by the next.
 * Immutable.
 *
 * @param certificates the signing certificate first, the root last; at least two
 */
record Chain(List<X509Certificate> certificates) {

  private static final int CERTIFICATE_SIGNING = 5; // the bit of the key usage extension

  Chain {
    certificates = List.copyOf(certificates);
  }

  private int rootAt() {
    return certificates.size() - 1;
  }

  /** Returns the issuer of the certificate at an index; the root is its own. */
  X509Certificate issuerOf(int index) {
    return certificates.get(Math.min(index + 1, rootAt()));
  }

  /**
   * Checks everything but revocation.
   *
   * @throws Refusal UNTRUSTED, NOT_YET_VALID or EXPIRED
   */
  void check(Instant now) throws Refusal {
    for (int i = 0; i <= rootAt(); i++) {
      requireStrongDigest(certificates.get(i), i);
    }
    for (int i = 1; i <= rootAt(); i++) {
      requireAuthority(certificates.get(i), i);
    }
    for (X509Certificate certificate : certificates) {
      requireCurrent(certificate, now);
    }
    validatePath(now);
  }

  /** Nobody checks the signature of a root: it is trusted because it is in the file. */
  private void requireStrongDigest(X509Certificate certificate, int index) throws Refusal {
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (index < rootAt() && algorithm.startsWith("MD")) {
      throw untrusted(certificate, "is signed with " + algorithm + ", which can be forged");
    }
  }

  private void requireAuthority(X509Certificate issuer, int index) throws Refusal {
    int pathLength = issuer.getBasicConstraints();
    boolean old = index == rootAt() && issuer.getVersion() == 1;
    if (pathLength < 0 && !old) {
      throw untrusted(issuer, "issued a certificate but is no authority");
    }
    boolean[] usage = issuer.getKeyUsage();
    if (usage != null && !usage[CERTIFICATE_SIGNING]) {
      throw untrusted(issuer, "issued a certificate but its key usage does not allow that");
    }
    if (!old && authoritiesBelow(index) > pathLength) {
      throw untrusted(issuer, "allows only " + pathLength + " authorities below it");
    }
  }

  private long authoritiesBelow(int index) {
    return certificates.subList(1, index).stream()
        .filter(certificate -> !Certificates.isSelfIssued(certificate))
        .count();
  }

  private static void requireCurrent(X509Certificate certificate, Instant now) throws Refusal {
    if (now.isBefore(Certificates.start(certificate))) {
      throw new Refusal(
          Reason.NOT_YET_VALID,
          "certificate of " + name(certificate) + " starts at " + Certificates.start(certificate));
    }
    if (now.isAfter(Certificates.end(certificate))) {
      throw new Refusal(
          Reason.EXPIRED,
          "certificate of " + name(certificate) + " ended at " + Certificates.end(certificate));
    }
  }

  /** The full rules of RFC 5280: constraints on names and policies, critical extensions. */
  private void validatePath(Instant now) throws Refusal {
    try {
      TrustAnchor root = new TrustAnchor(certificates.get(rootAt()), null);
      PKIXParameters parameters = new PKIXParameters(Set.of(root));
      parameters.setRevocationEnabled(false); // done by RevocationLists, with reasons
      parameters.setDate(Date.from(now));
      CertPath path =
          CertificateFactory.getInstance("X.509", Certificates.PROVIDER)
              .generateCertPath(certificates.subList(0, rootAt()));
      CertPathValidator.getInstance("PKIX", Certificates.PROVIDER).validate(path, parameters);
    } catch (CertPathValidatorException e) {
      throw untrusted(certificates.get(0), "is refused: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw untrusted(certificates.get(0), "cannot be checked: " + e.getMessage());
    }
  }

  private static Refusal untrusted(X509Certificate certificate, String what) {
    return new Refusal(Reason.UNTRUSTED, "certificate of " + name(certificate) + " " + what);
  }

  private static String name(X509Certificate certificate) {
    return Certificates.name(certificate);
  }
}
