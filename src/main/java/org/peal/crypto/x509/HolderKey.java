package org.peal.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.peal.crypto.KeyKind;

/** The public key in a certificate: one that verifies messages, or one that never does. */
sealed interface HolderKey permits VerifyingKey, UnusableKey {

  /**
   * Reads a key as it is in a certificate.
   *
   * @param keyInfo the structure SubjectPublicKeyInfo in DER
   * @param signatures what will verify with it
   */
  static HolderKey read(byte[] keyInfo, Signatures signatures) {
    try {
      Optional<KeyKind> kind = KeyIds.kind(Der.keyAlgorithm(keyInfo));
      return kind.isPresent()
          ? read(kind.get(), keyInfo, signatures)
          : new UnusableKey("is neither RSA nor Ed25519 nor ECDSA on the named curve P-256");
    } catch (Der.Problem e) {
      return new UnusableKey("cannot be read: " + e.getMessage());
    }
  }

  private static HolderKey read(KeyKind kind, byte[] keyInfo, Signatures signatures) {
    try {
      PublicKey key = signatures.factory(kind).generatePublic(new X509EncodedKeySpec(keyInfo));
      return new VerifyingKey(kind, key);
    } catch (GeneralSecurityException | RuntimeException e) {
      return new UnusableKey("is not a usable " + kind.title() + " key");
    }
  }
}
