package org.peal.crypto.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** Reads certificates and answers questions about one. Stateless. */
final class Certificates {

  /** Ours alone: never installed in the JDK, so that nothing else changes its behaviour. */
  static final Provider PROVIDER = new BouncyCastleProvider();

  private static final JcaX509CertificateConverter CONVERTER =
      new JcaX509CertificateConverter().setProvider(PROVIDER);

  private Certificates() {}

  static X509Certificate parse(byte[] der) throws CertificateException {
    try {
      X509Certificate certificate = CONVERTER.getCertificate(new X509CertificateHolder(der));
      touchLazyParts(certificate);
      requireAsSigned(certificate, der);
      return certificate;
    } catch (IOException | Der.Problem | RuntimeException e) {
      throw new CertificateException("not a certificate: " + e.getMessage(), e);
    }
  }

  /** Bouncy Castle mends what is not quite DER before it checks the signature; OpenSSL does not. */
  private static void requireAsSigned(X509Certificate certificate, byte[] der)
      throws CertificateException, Der.Problem {
    if (!Arrays.equals(certificate.getTBSCertificate(), Der.signedPart(der))) {
      throw new CertificateException("not a certificate: its encoding is not DER");
    }
  }

  /** Some parts are read on first use only, and then fail with unchecked exceptions. */
  private static void touchLazyParts(X509Certificate certificate) {
    certificate.getSubjectX500Principal();
    certificate.getIssuerX500Principal();
    certificate.getNotBefore();
    certificate.getNotAfter();
    certificate.getBasicConstraints();
    certificate.getKeyUsage();
  }

  /** Returns the first common name of the subject in the order of its encoding, if it has one. */
  static @Nullable String commonName(X509Certificate certificate) {
    for (RDN part : X500Name.getInstance(subject(certificate)).getRDNs()) {
      for (AttributeTypeAndValue attribute : part.getTypesAndValues()) {
        if (attribute.getType().equals(BCStyle.CN)) {
          return text(attribute.getValue());
        }
      }
    }
    return null;
  }

  private static @Nullable String text(ASN1Encodable value) {
    if (!(value.toASN1Primitive() instanceof ASN1String)) {
      return null;
    }
    String text = ((ASN1String) value.toASN1Primitive()).getString();
    return text.isEmpty() ? null : text;
  }

  /** Tells whether a certificate was signed by the key of another, which must be trusted. */
  static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey(), PROVIDER);
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** Compares the encoded keys, which costs nothing even if one of them is hostile. */
  static boolean haveSameKey(X509Certificate one, X509Certificate other) {
    return Arrays.equals(keyInfo(one), keyInfo(other));
  }

  /** Returns the first instant at which a certificate is valid. */
  static Instant start(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant();
  }

  /** Returns the last instant at which a certificate is valid. */
  static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /** Returns the subject for people. */
  static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static byte[] subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getEncoded();
  }

  /** Returns the encoded public key. */
  static byte[] keyInfo(X509Certificate certificate) {
    try {
      return new X509CertificateHolder(certificate.getEncoded())
          .getSubjectPublicKeyInfo()
          .getEncoded();
    } catch (IOException | CertificateException e) {
      throw new IllegalStateException("a certificate that was read has an encoding", e);
    }
  }
}
