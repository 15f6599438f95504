package org.peal.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Turns an elliptic-curve key of the older form, {@code EC PRIVATE KEY}, into PKCS#8, which is all
 * that the JDK reads. Stateless.
 */
final class EcKey {

  /** The name of elliptic-curve keys. */
  private static final byte[] NAME = HexFormat.of().parseHex("06072a8648ce3d0201");

  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;
  private static final int OBJECT_ID = 0x06;

  private EcKey() {}

  /**
   * Returns the PKCS#8 form.
   *
   * @throws PemException if the key does not name its curve
   */
  static byte[] pkcs8(Path file, byte[] key) {
    byte[] curve = curve(file, key);
    ByteArrayOutputStream algorithm = new ByteArrayOutputStream();
    algorithm.writeBytes(NAME);
    algorithm.writeBytes(curve);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(VERSION_0);
    head.writeBytes(PemFile.element(SEQUENCE, algorithm.toByteArray()));
    return PemFile.wrapped(head.toByteArray(), key);
  }

  /** Finds the curve's name: in a tagged part behind the version and the number. */
  private static byte[] curve(Path file, byte[] key) {
    try {
      int at = contentOf(key, 0); // the sequence
      at = endOf(key, at); // the version
      at = endOf(key, at); // the private number
      if (at < key.length && (key[at] & 0xFF) == PARAMETERS) {
        int begin = contentOf(key, at);
        if (key[begin] == OBJECT_ID) {
          int end = endOf(key, begin);
          byte[] curve = new byte[end - begin];
          System.arraycopy(key, begin, curve, 0, curve.length);
          return curve;
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new PemException(file + ": the private key cannot be read", e);
    }
    throw new PemException(
        file
            + ": the private key does not name its curve; convert it by openssl pkcs8 -topk8"
            + " -nocrypt",
        null);
  }

  private static int contentOf(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    return at + 2 + (length < 0x80 ? 0 : length & 0x7F);
  }

  private static int endOf(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    int length = first;
    if (first >= 0x80) {
      length = 0;
      for (int i = 0; i < (first & 0x7F); i++) {
        length = length << 8 | der[at + 2 + i] & 0xFF;
      }
    }
    return contentOf(der, at) + length;
  }
}
