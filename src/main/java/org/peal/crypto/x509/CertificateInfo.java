package org.peal.crypto.x509;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.peal.crypto.KeyKind;
import org.peal.crypto.TrustException;

/**
 * What a certificate says, for people. Immutable.
 *
 * @param signer the name that messages signed with it carry: the first common name
 * @param fingerprint SHA-256 of the encoded certificate, in pairs of digits with colons
 * @param authority whether it may issue others
 * @param key the kind of its key, if messages can be signed with it
 */
public record CertificateInfo(
    String subject,
    Optional<String> signer,
    String issuer,
    BigInteger serial,
    Instant notBefore,
    Instant notAfter,
    String fingerprint,
    boolean authority,
    Optional<KeyKind> key) {

  /**
   * Reads the first certificate of a PEM file.
   *
   * @throws TrustException if the file or the certificate cannot be read
   */
  public static CertificateInfo read(Path file) {
    Pem.Block block = TrustText.first(file, Pem.CERTIFICATE, "certificate");
    try {
      return of(Certificates.parse(block.der()));
    } catch (CertificateException e) {
      throw TrustText.problem(file, String.valueOf(e.getMessage()), e);
    }
  }

  static CertificateInfo of(X509Certificate certificate) throws CertificateEncodingException {
    return new CertificateInfo(
        Certificates.name(certificate),
        Optional.ofNullable(Certificates.commonName(certificate)),
        certificate.getIssuerX500Principal().getName(),
        certificate.getSerialNumber(),
        Certificates.start(certificate),
        Certificates.end(certificate),
        fingerprint(certificate.getEncoded()),
        certificate.getBasicConstraints() >= 0,
        key(certificate));
  }

  private static Optional<KeyKind> key(X509Certificate certificate) {
    try {
      return KeyIds.kind(Der.keyAlgorithm(Certificates.keyInfo(certificate)));
    } catch (Der.Problem e) {
      return Optional.empty();
    }
  }

  private static String fingerprint(byte[] encoded) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
