package org.peal.crypto.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.KeyKind;

/**
 * Builds and signs certificates and revocation lists with the key of an authority; touches no file.
 */
final class Issuer {

  private static final int SERIAL_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyKind kind;
  private final PrivateKey key;
  private final X509CertificateHolder certificate;

  /**
   * Makes an issuer.
   *
   * @param key is of the kind, and belongs to the certificate
   */
  Issuer(KeyKind kind, PrivateKey key, X509CertificateHolder certificate) {
    this.kind = kind;
    this.key = key;
    this.certificate = certificate;
  }

  static X500Name named(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  /** Returns a new self-signed authority that may issue end certificates only. */
  static X509CertificateHolder root(
      String name, KeyKind kind, KeyPair keys, Instant from, Instant until) {
    return guarded(
        () -> {
          X500Name subject = named(name);
          X509v3CertificateBuilder builder =
              builder(subject, subject, keys.getPublic(), from, until);
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
          builder.addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
          return builder.build(contentSigner(kind, keys.getPrivate()));
        });
  }

  /** Returns a new end certificate. */
  X509CertificateHolder issue(String name, PublicKey leaf, Instant from, Instant until) {
    return guarded(
        () -> {
          X509v3CertificateBuilder builder =
              builder(certificate.getSubject(), named(name), leaf, from, until);
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
          builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
          builder.addExtension(
              Extension.authorityKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
          return builder.build(contentSigner(kind, key));
        });
  }

  /**
   * Returns a new revocation list.
   *
   * @param before the list whose entries stay and whose number is counted on, if there is one
   * @param revoked one more serial number, if any
   */
  X509CRLHolder revocationList(
      @Nullable X509CRLHolder before, @Nullable BigInteger revoked, Instant from, Instant until) {
    return guarded(
        () -> {
          X509v2CRLBuilder builder = new X509v2CRLBuilder(certificate.getSubject(), date(from));
          builder.setNextUpdate(date(until));
          if (before != null) {
            builder.addCRL(before);
          }
          if (revoked != null) {
            builder.addCRLEntry(revoked, date(from), CRLReason.unspecified);
          }
          builder.addExtension(Extension.cRLNumber, false, new CRLNumber(numberAfter(before)));
          builder.addExtension(
              Extension.authorityKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
          return builder.build(contentSigner(kind, key));
        });
  }

  private static BigInteger numberAfter(@Nullable X509CRLHolder before) {
    Extension number = before == null ? null : before.getExtension(Extension.cRLNumber);
    return number == null
        ? BigInteger.ONE
        : CRLNumber.getInstance(number.getParsedValue()).getCRLNumber().add(BigInteger.ONE);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant from, Instant until)
      throws IOException, GeneralSecurityException {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(issuer, newSerial(), date(from), date(until), subject, key);
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    return builder;
  }

  /** The top bit is set, so that all have the same length and none is zero. */
  private static BigInteger newSerial() {
    return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
  }

  private static ContentSigner contentSigner(KeyKind kind, PrivateKey key)
      throws OperatorCreationException {
    String algorithm =
        switch (kind) {
          case RSA -> "SHA256withRSA";
          case ED25519 -> "Ed25519";
          case P256 -> "SHA256withECDSA";
        };
    return new JcaContentSignerBuilder(algorithm).build(key);
  }

  private static Date date(Instant instant) {
    return Date.from(instant);
  }

  private interface Work<T> {
    T run() throws IOException, GeneralSecurityException, OperatorCreationException;
  }

  private static <T> T guarded(Work<T> work) {
    try {
      return work.run();
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new CertsException(
          CertsException.Kind.UNREADABLE, "the authority's key cannot sign: " + e.getMessage(), e);
    }
  }
}
