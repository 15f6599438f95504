package org.peal.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates and the private key in a PEM file: keys are RSA, EC or Ed25519, in PKCS#8 or in
 * the older form of RSA and EC. Immutable.
 */
public final class PemFile {

  private static final int MAX_BYTES = 4 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

  /** Version 0, the name of RSA, no parameters: what PKCS#8 puts before an RSA key. */
  private static final byte[] RSA_HEAD =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  private final Path file;
  private final String text;

  private PemFile(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * Reads a file of at most 4 MiB.
   *
   * @throws PemException if it cannot be read
   */
  public static PemFile read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new PemException(file + ": larger than " + MAX_BYTES + " bytes", null);
      }
      return new PemFile(file, Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new PemException(file + ": cannot be read: " + e, e);
    }
  }

  /**
   * Returns the certificates in their order, at least one.
   *
   * @throws PemException if there is none, or one cannot be read
   */
  public List<Certificate> certificates() {
    List<Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Matcher block = BLOCK.matcher(text); block.find(); ) {
        if (block.group(1).endsWith("CERTIFICATE")) {
          byte[] der = Base64.getMimeDecoder().decode(block.group(2));
          found.add(factory.generateCertificate(new ByteArrayInputStream(der)));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new PemException(file + ": a certificate cannot be read", e);
    }
    if (found.isEmpty()) {
      throw new PemException(file + ": holds no certificate", null);
    }
    return found;
  }

  /**
   * Returns the first private key.
   *
   * @throws PemException if there is none, or it cannot be read
   */
  public PrivateKey key() {
    for (Matcher block = BLOCK.matcher(text); block.find(); ) {
      String type = block.group(1);
      if (type.equals("PRIVATE KEY")) {
        return privateKey(der(block.group(2)));
      }
      if (type.equals("RSA PRIVATE KEY")) {
        return privateKey(wrapped(RSA_HEAD, der(block.group(2))));
      }
      if (type.equals("EC PRIVATE KEY")) {
        return privateKey(EcKey.pkcs8(file, der(block.group(2))));
      }
      if (type.endsWith("PRIVATE KEY")) {
        throw new PemException(
            file
                + ": holds a key of type "
                + type
                + "; convert it by openssl pkcs8 -topk8 -nocrypt",
            null);
      }
    }
    throw new PemException(file + ": holds no private key", null);
  }

  private byte[] der(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new PemException(file + ": the private key cannot be read", e);
    }
  }

  private PrivateKey privateKey(byte[] pkcs8) {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      Optional<PrivateKey> key = privateKey(spec, algorithm);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new PemException(file + ": the private key is none of RSA, EC or Ed25519", null);
  }

  /** Returns nothing for a key of another algorithm. */
  private Optional<PrivateKey> privateKey(PKCS8EncodedKeySpec spec, String algorithm) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new PemException(file + ": the private key cannot be read", e);
    }
  }

  /** Returns the PKCS#8 form of a key: what it begins with, and the key in its older form. */
  static byte[] wrapped(byte[] head, byte[] key) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(head);
    content.writeBytes(element(OCTETS, key));
    return element(SEQUENCE, content.toByteArray());
  }

  static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    // Four bytes of length would do for any; DER wants the shortest form.
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(content.length >>> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
