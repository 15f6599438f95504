package org.peal.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/**
 * The kinds of keys that X.509 signers may have; no others are used. The key of a certificate alone
 * decides how a message is signed, nothing in the message does.
 *
 * @see <a href="../../../../../docs/wire-format.md">wire format, signatures</a>
 */
public enum KeyKind {
  /** RSA with SHA-1: the one that every node of fedmsg knows. */
  RSA("RSA", "RSA", "SHA1withRSA"),
  /** Ed25519, which signs the text itself. */
  ED25519("Ed25519", "Ed25519", "Ed25519"),
  /** ECDSA on the curve P-256 with SHA-256; the signature is two numbers of 32 bytes. */
  P256("P-256", "EC", "SHA256withECDSAinP1363Format");

  private final String title;
  private final String keyAlgorithm;
  private final String signatureAlgorithm;

  KeyKind(String title, String keyAlgorithm, String signatureAlgorithm) {
    this.title = title;
    this.keyAlgorithm = keyAlgorithm;
    this.signatureAlgorithm = signatureAlgorithm;
  }

  /** Tells whether fedmsg does not know this kind. */
  public boolean isElliptic() {
    return this != RSA;
  }

  /** Returns the name for people. */
  public String title() {
    return title;
  }

  /** Returns the name by which Java knows its keys. */
  public String keyAlgorithm() {
    return keyAlgorithm;
  }

  /** Returns the name by which Java knows what is in the member {@code signature}. */
  public String signatureAlgorithm() {
    return signatureAlgorithm;
  }

  /**
   * Returns new keys, made by the JDK.
   *
   * @param rsaBits how long RSA keys are; the others have one length each
   */
  public KeyPair newKeys(int rsaBits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
      generator.initialize(parameters(rsaBits));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes " + title + " keys", e);
    }
  }

  private AlgorithmParameterSpec parameters(int rsaBits) {
    return switch (this) {
      case RSA -> new RSAKeyGenParameterSpec(rsaBits, RSAKeyGenParameterSpec.F4);
      case ED25519 -> NamedParameterSpec.ED25519;
      case P256 -> new ECGenParameterSpec("secp256r1");
    };
  }
}
