package org.peal.crypto.x509;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.peal.crypto.KeyKind;

/** The names of kinds of keys in DER, inside of the structure AlgorithmIdentifier. Stateless. */
final class KeyIds {

  /** What {@code rsaEncryption} begins with; parameters may follow and do not count. */
  static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d010101");

  /** The curve, by its name {@code prime256v1}. */
  static final byte[] CURVE_P256 = HexFormat.of().parseHex("06082a8648ce3d030107");

  /** {@code id-ecPublicKey} with the named curve; parameters that describe a curve are not it. */
  static final byte[] P256 = HexFormat.of().parseHex("06072a8648ce3d0201" + "06082a8648ce3d030107");

  /** {@code id-Ed25519}, which has no parameters. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");

  private KeyIds() {}

  /** Returns the kind that is named, if it is one of those in use. */
  static Optional<KeyKind> kind(byte[] algorithm) {
    if (Arrays.equals(algorithm, P256)) {
      return Optional.of(KeyKind.P256);
    }
    if (Arrays.equals(algorithm, ED25519)) {
      return Optional.of(KeyKind.ED25519);
    }
    boolean isRsa =
        algorithm.length >= RSA.length
            && Arrays.equals(algorithm, 0, RSA.length, RSA, 0, RSA.length);
    return isRsa ? Optional.of(KeyKind.RSA) : Optional.empty();
  }
}
