package org.peal.crypto.x509;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;
import org.peal.Watched;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.KeyKind;
import org.peal.crypto.OperatorFile;
import org.peal.crypto.SigningException;
import org.peal.crypto.TrustException;

/**
 * Where the key pair of this node is.
 *
 * @param certificate a PEM file; the first certificate in it counts
 * @param key a PEM file with a key without passphrase: PKCS#8, or the older forms of RSA and P-256
 * @param elliptic whether the key may be of a kind that fedmsg does not know
 */
public record KeyPairFiles(Path certificate, Path key, EllipticKeys elliptic) {

  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";
  private static final Set<String> KEYS =
      Set.of("PRIVATE KEY", PKCS1, ENCRYPTED_PKCS8, SEC1, "DSA PRIVATE KEY");

  /** Is signed to see whether key and certificate fit. */
  private static final byte[] SAMPLE = "peal".getBytes(StandardCharsets.US_ASCII);

  /** A pair with an RSA key, which every node of fedmsg knows. */
  public KeyPairFiles(Path certificate, Path key) {
    this(certificate, key, EllipticKeys.OFF);
  }

  /**
   * Loads the pair, and warns once if others may read the key.
   *
   * @throws TrustException if a file cannot be read, the key is of a kind that may not be used, or
   *     key and certificate do not belong together
   */
  public OwnKeyPair load() {
    byte[] pkcs8 = readKey();
    KeyKind kind = kind(pkcs8);
    PrivateKey privateKey = decode(kind, pkcs8);
    byte[] der = readCertificate();
    if (!fits(kind, privateKey, keyInfo(der))) {
      throw TrustText.problem(
          certificate, "the certificate does not belong to the key in " + key, null);
    }
    OperatorFile.warnIfExposed(key);
    return new OwnKeyPair(kind, privateKey, certificateField(der));
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

  private byte[] keyInfo(byte[] der) {
    try {
      return Der.keyInfo(der);
    } catch (Der.Problem e) {
      throw TrustText.problem(certificate, "unreadable certificate: " + e.getMessage(), e);
    }
  }

  /** Returns the key as PKCS#8. */
  private byte[] readKey() {
    Pem.Block block = TrustText.first(key, KEYS, "private key");
    if (block.encrypted() || block.label().equals(ENCRYPTED_PKCS8)) {
      throw TrustText.problem(key, "the private key has a passphrase; remove it first", null);
    }
    try {
      return switch (block.label()) {
        case PKCS1 -> Der.rsaPkcs8(block.der());
        case SEC1 -> Der.p256Pkcs8(block.der());
        default -> block.der();
      };
    } catch (Der.Problem e) {
      throw unusable(e);
    }
  }

  private KeyKind kind(byte[] pkcs8) {
    KeyKind kind;
    try {
      kind =
          KeyIds.kind(Der.privateKeyAlgorithm(pkcs8))
              .orElseThrow(() -> new Der.Problem("it is of another kind"));
    } catch (Der.Problem e) {
      throw unusable(e);
    }
    if (kind.isElliptic() && !elliptic.isMade()) {
      throw TrustText.problem(
          key,
          "the private key is "
              + kind.title()
              + ", which fedmsg nodes refuse; if all that receive accept it, set crypto.elliptic to"
              + " sign, else use an RSA key",
          null);
    }
    return kind;
  }

  private PrivateKey decode(KeyKind kind, byte[] pkcs8) {
    try {
      return KeyFactory.getInstance(kind.keyAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException e) {
      throw unusable(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + kind.title(), e);
    }
  }

  private TrustException unusable(Exception cause) {
    return TrustText.problem(
        key, "the private key is not a readable RSA, Ed25519 or P-256 key", cause);
  }

  /** Compares what both have of an RSA key; the other kinds have nothing, so one must sign. */
  private boolean fits(KeyKind kind, PrivateKey privateKey, byte[] keyInfo) {
    try {
      if (KeyIds.kind(Der.keyAlgorithm(keyInfo)).filter(kind::equals).isEmpty()) {
        return false;
      }
      return kind == KeyKind.RSA
          ? Der.modulus(keyInfo).equals(((RSAPrivateKey) privateKey).getModulus())
          : verifies(kind, privateKey, keyInfo);
    } catch (Der.Problem e) {
      throw TrustText.problem(certificate, "unreadable certificate: " + e.getMessage(), e);
    } catch (SigningException e) {
      throw unusable(e);
    }
  }

  private static boolean verifies(KeyKind kind, PrivateKey privateKey, byte[] keyInfo) {
    Signatures jdk = new Signatures(CryptoProvider.JDK);
    Signatures.Algorithm algorithm = Signatures.Algorithm.of(kind);
    return HolderKey.read(keyInfo, jdk) instanceof VerifyingKey own
        && jdk.verify(algorithm, own, SAMPLE, jdk.sign(algorithm, privateKey, SAMPLE));
  }
}
