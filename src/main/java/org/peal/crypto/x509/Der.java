package org.peal.crypto.x509;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads a few DER structures, forwards only.
 *
 * <p>The one-shot commands load a key pair in every run; the certificate parser of the JDK would
 * cost them more time than the rest of the loading.
 */
final class Der {

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int EXPLICIT_VERSION = 0xa0;
  private static final int CURVE = 0xa0;

  private final byte[] bytes;
  private final int end;
  private int at;

  private Der(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Says that bytes are not the expected structure. */
  static final class Problem extends Exception {
    Problem(String text) {
      super(text);
    }
  }

  /**
   * Returns the public key in a certificate: the structure SubjectPublicKeyInfo.
   *
   * @throws Problem if it is no certificate
   */
  static byte[] keyInfo(byte[] certificate) throws Problem {
    Der body = new Der(certificate, 0, certificate.length).enter(SEQUENCE).enter(SEQUENCE);
    body.skipIf(EXPLICIT_VERSION);
    for (String part : new String[] {"serial", "algorithm", "issuer", "validity", "subject"}) {
      body.skip(part);
    }
    int start = body.at;
    body.enter(SEQUENCE);
    return Arrays.copyOfRange(certificate, start, body.at);
  }

  /**
   * Returns what names the kind of a public key, as {@link KeyIds} knows it.
   *
   * @param keyInfo the structure SubjectPublicKeyInfo
   * @throws Problem if it is something else
   */
  static byte[] keyAlgorithm(byte[] keyInfo) throws Problem {
    return new Der(keyInfo, 0, keyInfo.length).enter(SEQUENCE).enter(SEQUENCE).rest();
  }

  /**
   * Returns what names the kind of a private key, as {@link KeyIds} knows it.
   *
   * @param pkcs8 the structure PrivateKeyInfo
   * @throws Problem if it is something else
   */
  static byte[] privateKeyAlgorithm(byte[] pkcs8) throws Problem {
    Der body = new Der(pkcs8, 0, pkcs8.length).enter(SEQUENCE);
    body.skip("version");
    return body.enter(SEQUENCE).rest();
  }

  /**
   * Returns the modulus of a public RSA key.
   *
   * @param keyInfo the structure SubjectPublicKeyInfo
   * @throws Problem if it is something else
   */
  static BigInteger modulus(byte[] keyInfo) throws Problem {
    Der body = new Der(keyInfo, 0, keyInfo.length).enter(SEQUENCE);
    body.skip("algorithm");
    Der key = body.enter(BIT_STRING);
    key.at++; // the count of unused bits
    return key.enter(SEQUENCE).integer();
  }

  /**
   * Returns the part of a certificate that its issuer signed, as it stands.
   *
   * @throws Problem if it is no certificate in DER
   */
  static byte[] signedPart(byte[] certificate) throws Problem {
    Der whole = new Der(certificate, 0, certificate.length).enter(SEQUENCE);
    int start = whole.at;
    whole.enter(SEQUENCE);
    return Arrays.copyOfRange(certificate, start, whole.at);
  }

  /** Returns an RSA key in PKCS#1 form as PKCS#8. */
  static byte[] rsaPkcs8(byte[] pkcs1) {
    return pkcs8(join(KeyIds.RSA, new byte[] {0x05, 0}), pkcs1);
  }

  /**
   * Returns a P-256 key in the form of SEC 1 as PKCS#8.
   *
   * @throws Problem if it is something else, or names another curve
   */
  static byte[] p256Pkcs8(byte[] sec1) throws Problem {
    Der body = new Der(sec1, 0, sec1.length).enter(SEQUENCE);
    body.skip("version");
    body.skip("number");
    if (body.at < body.end
        && (body.bytes[body.at] & 0xff) == CURVE
        && !Arrays.equals(body.enter(CURVE).rest(), KeyIds.CURVE_P256)) {
      throw new Problem("it is not on the curve P-256");
    }
    return pkcs8(KeyIds.P256, sec1);
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    byte[] version = {INTEGER, 1, 0};
    return wrap(SEQUENCE, join(version, wrap(SEQUENCE, algorithm), wrap(OCTET_STRING, key)));
  }

  private byte[] rest() {
    return Arrays.copyOfRange(bytes, at, end);
  }

  private Der enter(int tag) throws Problem {
    int length = header(tag);
    Der inside = new Der(bytes, at, at + length);
    at += length;
    return inside;
  }

  private void skip(String part) throws Problem {
    if (at >= end) {
      throw new Problem("it has no " + part);
    }
    enter(bytes[at] & 0xff);
  }

  private void skipIf(int tag) throws Problem {
    if (at < end && (bytes[at] & 0xff) == tag) {
      enter(tag);
    }
  }

  private BigInteger integer() throws Problem {
    int length = header(INTEGER);
    if (length == 0) {
      throw new Problem("it has an empty number");
    }
    BigInteger value = new BigInteger(bytes, at, length);
    at += length;
    return value;
  }

  /** Reads tag and length, and returns the length, which lies within the bytes. */
  private int header(int tag) throws Problem {
    if (next() != tag) {
      throw new Problem("it is of another form");
    }
    int length = next();
    if (length > 0x80 && length <= 0x83) {
      int more = length - 0x80;
      length = 0;
      for (; more > 0; more--) {
        length = length << 8 | next();
      }
    } else if (length >= 0x80) {
      throw new Problem("it has a length that DER does not allow");
    }
    if (length > end - at) {
      throw new Problem("it is cut off");
    }
    return length;
  }

  private int next() throws Problem {
    if (at >= end) {
      throw new Problem("it is cut off");
    }
    return bytes[at++] & 0xff;
  }

  private static byte[] wrap(int tag, byte[] content) {
    return join(new byte[] {(byte) tag}, length(content.length), content);
  }

  private static byte[] length(int length) {
    byte[] digits = BigInteger.valueOf(length).toByteArray();
    if (length < 0x80) {
      return digits;
    }
    int from = digits[0] == 0 ? 1 : 0;
    byte[] count = {(byte) (0x80 + digits.length - from)};
    return join(count, Arrays.copyOfRange(digits, from, digits.length));
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }
}
