package org.peal.crypto.x509;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import org.peal.crypto.KeyKind;

/**
 * A public key that verifies messages. Immutable.
 *
 * @param kind decides how
 * @param key ready for the provider in use
 */
record VerifyingKey(KeyKind kind, PublicKey key) implements HolderKey {

  private static final int ELLIPTIC_BYTES = 64;

  /** How many points P-256 has. */
  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  VerifyingKey {
    if ((kind == KeyKind.RSA) != key instanceof RSAPublicKey) {
      throw new IllegalArgumentException("not a key of the kind " + kind);
    }
  }

  /** Tells whether bytes can be a signature by this key at all, going by their form alone. */
  boolean canHaveMade(byte[] signature) {
    return switch (kind) {
      case RSA -> signature.length == (((RSAPublicKey) key).getModulus().bitLength() + 7) / 8;
      case ED25519 -> signature.length == ELLIPTIC_BYTES;
      case P256 ->
          signature.length == ELLIPTIC_BYTES
              && isInRange(Arrays.copyOfRange(signature, 0, ELLIPTIC_BYTES / 2))
              && isInRange(Arrays.copyOfRange(signature, ELLIPTIC_BYTES / 2, ELLIPTIC_BYTES));
    };
  }

  /** Java 17.0.2 and older take two zeros for a signature of everything (CVE-2022-21449). */
  private static boolean isInRange(byte[] number) {
    BigInteger value = new BigInteger(1, number);
    return value.signum() > 0 && value.compareTo(P256_ORDER) < 0;
  }
}
