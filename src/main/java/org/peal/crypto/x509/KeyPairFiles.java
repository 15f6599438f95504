package org.peal.crypto.x509;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.Watched;
import org.peal.crypto.OperatorFile;
import org.peal.crypto.TrustException;

/**
 * Where the key pair of this node is.
 *
 * @param certificate a PEM file; the first certificate in it counts
 * @param key a PEM file with an RSA key without passphrase, PKCS#1 or PKCS#8
 */
public record KeyPairFiles(Path certificate, Path key) {

  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";
  private static final Set<String> KEYS =
      Set.of("PRIVATE KEY", PKCS1, ENCRYPTED_PKCS8, "EC PRIVATE KEY", "DSA PRIVATE KEY");

  /**
   * Loads the pair, and warns once if others may read the key.
   *
   * @throws TrustException if a file cannot be read, or key and certificate do not belong together
   */
  public OwnKeyPair load() {
    RSAPrivateKey privateKey = readKey();
    byte[] der = readCertificate();
    requireFit(privateKey, der);
    OperatorFile.warnIfExposed(key);
    return new OwnKeyPair(privateKey, certificateField(der));
  }

  /** Loads the pair and follows the files: they may be replaced one after the other. */
  public Watched<OwnKeyPair> watch() {
    return Watched.load("own key pair", List.of(key, certificate), this::load);
  }

  /** Returns the text of a message's {@code certificate} field: PEM text in lines of base64. */
  private static String certificateField(byte[] der) {
    byte[] pem = Pem.write("CERTIFICATE", der).getBytes(StandardCharsets.US_ASCII);
    return Base64Lines.encode(pem);
  }

  private byte[] readCertificate() {
    return TrustText.first(certificate, Pem.CERTIFICATE, "certificate").der();
  }

  private RSAPrivateKey readKey() {
    Pem.Block block = TrustText.first(key, KEYS, "private key");
    if (block.encrypted() || block.label().equals(ENCRYPTED_PKCS8)) {
      throw TrustText.problem(key, "the private key has a passphrase; remove it first", null);
    }
    if (block.label().startsWith("EC") || block.label().startsWith("DSA")) {
      throw notRsa(null);
    }
    return decode(block.label().equals(PKCS1) ? Der.pkcs8(block.der()) : block.der());
  }

  private RSAPrivateKey decode(byte[] pkcs8) {
    try {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
      return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      throw notRsa(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private TrustException notRsa(@Nullable Exception cause) {
    return TrustText.problem(key, "the private key is not a readable RSA key", cause);
  }

  private void requireFit(RSAPrivateKey privateKey, byte[] der) {
    if (!modulus(der).equals(privateKey.getModulus())) {
      throw TrustText.problem(
          certificate, "the certificate does not belong to the key in " + key, null);
    }
  }

  private BigInteger modulus(byte[] der) {
    try {
      return Der.certificateModulus(der);
    } catch (Der.Problem e) {
      throw TrustText.problem(certificate, "unreadable certificate: " + e.getMessage(), e);
    }
  }
}
